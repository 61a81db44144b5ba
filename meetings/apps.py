from django.apps import AppConfig

WHERE = "the {body} of {on}"
SENTENCES = {
    "meetings.invited": f"{{actor}} invited {{count}} people to {WHERE}.",
    "meetings.accept": f"{{actor}} said that {{who}} comes to {WHERE}.",
    "meetings.decline": f"{{actor}} said that {{who}} does not come to {WHERE}.",
    "meetings.deputy_called": f"{{who}} was asked to {WHERE} as the named deputy of {{member}}.",
    "meetings.item_added": f"{{actor}} put “{{item}}” on the agenda of {WHERE}.",
    "meetings.item_changed": f"{{actor}} changed “{{item}}” on the agenda of {WHERE}.",
    "meetings.item_removed": f"{{actor}} took “{{item}}” off the agenda of {WHERE}.",
    "meetings.opened": f"{{actor}} opened {WHERE}.",
    "meetings.ended": f"{{actor}} ended {WHERE}.",
    "meetings.resumed": f"{{actor}} went on with {WHERE}.",
    "meetings.arrived": f"{{actor}} recorded that {{who}} is at {WHERE}.",
    "meetings.left": f"{{actor}} recorded that {{who}} left {WHERE}.",
    "meetings.apologies": f"{{actor}} recorded that {{who}} sent apologies for {WHERE}.",
    "meetings.conflicts_asked": f"{{actor}} asked for conflicts of interest under “{{item}}”, {WHERE}.",
    "meetings.conflict_said": f"{{actor}} recorded that {{who}} has a conflict of interest in an item of {WHERE}.",
    "meetings.went_out": f"{{actor}} recorded that {{who}} left the room for “{{item}}”, {WHERE}.",
    "meetings.came_back": f"{{actor}} recorded that {{who}} came back after “{{item}}”, {WHERE}.",
    "meetings.captured": f"{{actor}} wrote down “{{item}}”, {WHERE}.",
    "meetings.decided": f"{{actor}} recorded the decision on “{{item}}”, {WHERE}: {{decision}}.",
    "meetings.dissented": f"{{actor}} recorded the dissent of {{who}}, {WHERE}.",
    "meetings.action_added": f"{{actor}} added action {{action}} at {WHERE}.",
    "meetings.minutes_drafted": f"{{actor}} drafted the minutes of {WHERE}.",
    "meetings.minutes_corrected": f"{{actor}} corrected “{{entry}}” in the minutes of {WHERE}.",
    "meetings.minutes_circulated": f"{{actor}} circulated the draft minutes of {WHERE}.",
    "meetings.minutes_approved": f"{{actor}}: the meeting of {{approving}} approved the minutes of {WHERE}.",
    "meetings.minutes_taken": f"{{actor}} took the minutes of {WHERE} as {{kind}}.",
    "meetings.papers_asked": f"{{actor}} had the papers for {WHERE} made for {{count}} people.",
    "meetings.papers_made": f"The papers of {{who}} for {WHERE} were made.",
    "meetings.papers_failed": f"The papers of {{who}} for {WHERE} could not be made.",
    "meetings.papers_taken": f"{{actor}} took their papers for {WHERE}, edition {{number}}.",
    "meetings.papers_read": f"{{actor}} said that they have read their papers for {WHERE}, edition {{number}}.",
    "meetings.terms_reviewed": "{actor} recorded a review of the terms of reference; the next is due {due}.",
}


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        from access_links import purposes  # noqa: PLC0415 - the app registry must be ready
        from audit import sentences  # noqa: PLC0415
        from core import attention  # noqa: PLC0415
        from core.needs import register  # noqa: PLC0415
        from documents import owners  # noqa: PLC0415
        from meetings import emails, links, needs, terms, workflow  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from panel import outlets  # noqa: PLC0415

        sentences.register(SENTENCES)
        register(needs.needs)
        attention.register("Meetings", needs.attention)
        purposes.register(links.purpose())
        owners.register(terms.PREFIX, terms.OWNER)
        outlets.on_change(workflow.announce)
        for kind, title, who, when, secret in emails.CATALOGUE:
            catalogue.register(kind=kind, title=title, who=who, when=when, secret=secret)
