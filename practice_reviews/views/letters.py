"""One letter to a national body: to read, to print, as PDF."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from panel.models import Partnership
from practice_reviews import permissions
from practice_reviews.models import BodyLetter
from practice_reviews.views.base import Visit, visit
from practice_reviews.workflow.base import note


def _letter(here: Visit, pk: int) -> BodyLetter:
    letter: BodyLetter = get_object_or_404(here.review.letters.select_related("notice", "sent_by", "made_by"), pk=pk)
    return letter


@visit
def letter(here: Visit, pk: int) -> HttpResponse:
    """The letter as it stands or was sent, and what can be done with it."""
    found = _letter(here, pk)
    may = permissions.can_verb(here.user, here.review, "write_letters", on=here.today)
    return here.page("letter", letter=found, may_write=may and found.sent_on is None)


@visit
def letter_pdf(here: Visit, pk: int) -> HttpResponse:
    """The letter as a PDF (PDF/UA-1). Audited: it leaves the system."""
    from core.pdf import render_pdf  # noqa: PLC0415 - WeasyPrint: a second and 46 MB that only a PDF needs

    found = _letter(here, pk)
    context = {"letter": found, "review": here.review, "partnership": Partnership.current(), "today": here.today}
    content = render_pdf(render_to_string("pdf/practice_reviews/letter.html", context))
    note("letter_taken", by=here.user, review=here.review, body=found.get_body_display())
    delay = f"-delay-{found.notice.number}" if found.notice else ""
    name = f"{here.review.reference}-{found.body.replace('_', '-')}{delay}"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
