"""What the audit trail says of disclosure checks. Numbers and references only."""

SENTENCES = {
    "disclosure.asked": "{actor} asked for disclosure check {number} of the report of {review}.",
    "disclosure.tried_again": "{actor} had disclosure check {number} of the report of {review} made again.",
    "disclosure.made": "Disclosure check {number} of the report of {review} was made; findings: {count}.",
    "disclosure.unreadable": "Disclosure check {number} of the report of {review} could not read the file.",
    "disclosure.failed": "Disclosure check {number} of the report of {review} broke off.",
    "disclosure.proposed": "{actor} proposed to accept findings in the report of {review} ({count}).",
    "disclosure.accepted": "{actor} accepted findings in the report of {review} ({count}), as second person.",
    "disclosure.refused": "{actor} refused to accept findings in the report of {review} ({count}).",
    "disclosure.reopened": "{actor} took back the acceptance of findings in the report of {review} ({count}).",
    "disclosure.printed": "{actor} took the list of findings in the report of {review} as a PDF.",
}
