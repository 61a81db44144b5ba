"""The media strategy on paper: dict, then HTML, then bytes."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from core.pdf import render_pdf
from panel.models import Partnership
from panel.roles import StatutoryRole
from publications.choices import Subject
from publications.models import MediaStrategy, Publication


def leads_of(strategy: MediaStrategy | None) -> list[dict[str, str]]:
    """The communications leads with their partner in words."""
    rows = strategy.leads if strategy else []
    return [row | {"label": str(StatutoryRole(row["partner"]).label)} for row in rows]


def document(publication: Publication, strategy: MediaStrategy, today: date) -> dict[str, Any]:
    """What the paper says."""
    agreed = publication.agreements.filter(
        subject=Subject.STRATEGY, fingerprint=strategy.fingerprint_in(publication.round)
    )
    return {
        "partnership": Partnership.current().name,
        "reference": publication.reference,
        "planned_on": publication.planned_on,
        "made_on": today,
        "strategy": strategy,
        "leads": leads_of(strategy),
        "agreed": [(row.get_partner_display(), row.name, row.agreed_on) for row in agreed],
    }


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) of a `document`."""
    return render_pdf(render_to_string("pdf/publications/strategy.html", data))
