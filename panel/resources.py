"""Agencies in and out of a spreadsheet. The preview shows what would change; importing does exactly that."""

from typing import Any

from import_export import resources

from audit.workflow import record
from panel.models import Agency


class AgencyResource(resources.ModelResource):
    """Known by name. Each row is validated as a form is; one bad row and nothing is imported."""

    class Meta:
        model = Agency
        import_id_fields = ["name"]
        fields = [
            "name",
            "short_name",
            "statutory_role",
            "is_active",
            "email_domains",
            "safeguarding_lead",
            "safeguarding_address",
        ]
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def after_save_instance(self, instance: Agency, row: Any, **kwargs: Any) -> None:
        if not kwargs.get("dry_run"):
            record("agency.imported", by=kwargs.get("user"), obj=instance, agency=instance.name)
