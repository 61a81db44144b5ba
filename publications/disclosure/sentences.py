"""What the audit trail says of disclosure checks. Numbers and references only."""

SENTENCES = {
    "disclosure.asked": "{actor} asked for disclosure check {number} of the report of {review}.",
    "disclosure.tried_again": "{actor} had disclosure check {number} of the report of {review} made again.",
    "disclosure.made": "Disclosure check {number} of the report of {review} was made: {count} findings.",
    "disclosure.unreadable": "Disclosure check {number} of the report of {review} could not read the file.",
    "disclosure.failed": "Disclosure check {number} of the report of {review} broke off.",
    "disclosure.proposed": "{actor} proposed to accept {count} findings in the report of {review}.",
    "disclosure.accepted": "{actor} accepted {count} findings in the report of {review}, as second person.",
    "disclosure.refused": "{actor} refused to accept {count} findings in the report of {review}.",
    "disclosure.reopened": "{actor} took back the acceptance of {count} findings in the report of {review}.",
    "disclosure.printed": "{actor} took the list of findings in the report of {review} as a PDF.",
}
