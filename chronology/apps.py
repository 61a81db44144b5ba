from django.apps import AppConfig

SENTENCES = {
    "chronology.row_added": "{who} added a row to the chronology, for {agency}.",
    "chronology.row_changed": "{who} changed a row of the chronology.",
    "chronology.row_withdrawn": "{who} withdrew a row of the chronology.",
    "chronology.rows_released": "{who} sent {count} rows for the chronology; {replaced} older ones were withdrawn.",
    "chronology.rows_copied": "{who} began a new version of a return with {count} rows of the chronology.",
    "chronology.rows_imported": "{who} imported {count} rows into the chronology, for {agency}.",
    "chronology.episode_marked": "{who} marked a row of the chronology as a key practice episode.",
    "chronology.episode_unmarked": "{who} took the mark of a key practice episode from a row of the chronology.",
    "chronology.gap_days_set": "{who} set gaps in the chronology to be told from {days} days on.",
    "chronology.finding_dismissed": "{who} dismissed a finding of the chronology: {kind}.",
    "chronology.finding_restored": "{who} restored a finding of the chronology that had been dismissed: {kind}.",
    "chronology.export_asked": "{who} asked for a PDF of the chronology: {count} rows, {names}.",
    "chronology.export_failed": "A PDF of {count} rows of the chronology could not be made.",
    "chronology.exported": "{who} exported the chronology as {format}: {count} rows, {names}.",
}


class ChronologyConfig(AppConfig):
    name = "chronology"
    verbose_name = "Chronology"

    def ready(self) -> None:
        from audit import sentences  # noqa: PLC0415 - the app registry must be ready

        sentences.register(SENTENCES)
