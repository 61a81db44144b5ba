"""The receipt for a return: what was handed in, when, by whom. No name of a child and nothing of what was written."""

from django.template.loader import render_to_string

from agency_returns.contents import contents_of
from agency_returns.models import AgencyReturn
from panel.models import Partnership


def html(version: AgencyReturn) -> str:
    context = {
        "version": version,
        "request": version.request,
        "contents": contents_of(version.request, version),
        "partnership": Partnership.current(),
    }
    return render_to_string("pdf/agency_returns/receipt.html", context)


def render(version: AgencyReturn) -> bytes:
    """The receipt of a signed version as PDF/UA-1, the same bytes each time."""
    from core.pdf import render_pdf  # noqa: PLC0415 - a second and 46 MB that few requests need

    return render_pdf(html(version), identifier=version.sha256.encode())
