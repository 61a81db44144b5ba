from django.apps import AppConfig

from cspr import checks  # noqa: F401 - importing registers them


class CsprConfig(AppConfig):
    name = "cspr"
    verbose_name = "CSPR Panel"

    def ready(self) -> None:
        """Connect what stands beside the outbox and the audit trail and may not know them."""
        from access_links import emails, outlets  # noqa: PLC0415 - the app registry must be ready
        from audit import sentences  # noqa: PLC0415
        from audit.workflow import record  # noqa: PLC0415
        from deadlines import calendar, quiet  # noqa: PLC0415
        from notifications import catalogue  # noqa: PLC0415
        from notifications.workflow import queue  # noqa: PLC0415
        from panel import outlets as meetings  # noqa: PLC0415

        outlets.connect(mail=queue, note=record)
        meetings.connect(send_at=quiet.send_at, why_not=lambda day: calendar.current().why_not(day))
        sentences.register(emails.SENTENCES)
        for entry in emails.CATALOGUE:
            catalogue.register(**entry)
