"""Reviews with what runs beside them, by the real workflow. All names are invented and must never leak."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document as WordDocument

from agency_returns.actors import Actor
from core.pdf import render_pdf
from panel.models import Agency
from panel.roles import Role
from practice_reviews import workflow as reviews
from practice_reviews.choices import Basis, Kind
from practice_reviews.models import Draft, DraftComment, FactCheck, PracticeReview
from practice_reviews.states import CheckStatus, DraftStatus
from practice_reviews.workflow import Commission, Declared, Scope, checking, drafts
from rapid_reviews.choices import Outcome
from rapid_reviews.states import Status as RapidStatus
from tests.agency_returns.factories import give_leads
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET, person_with

SAYS = f"The draft says that {SECRET} was seen."
COMMENT = {"page": "4", "paragraph": "2.3", "says": SAYS, "should_say": f"{SECRET} was not seen.", "why": "Our record."}


def pdf(words: str = "A draft") -> bytes:
    return render_pdf(f'<html lang="en"><head><title>Draft</title></head><body><p>{words}</p></body></html>')


def word(words: str = "A draft") -> bytes:
    document, out = WordDocument(), BytesIO()
    document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


def report(data: bytes = b"", name: str = f"{SECRET} draft.pdf") -> ContentFile:
    """A file whose name holds what must not leak."""
    return ContentFile(data or pdf(f"A draft made at {timezone.now().isoformat()}"), name=name)


def learning_review(*, referral=None, now=None) -> PracticeReview:
    """A multi-agency learning review under way, of a case or of none."""
    now = now or timezone.now()
    bm, chair = person_with(Role.BUSINESS_MANAGER, now), person_with(Role.CHAIR, now)
    wanted = Commission(kind=Kind.MULTI_AGENCY, title="Discharge", basis=Basis.PANEL, referral=referral)
    review = reviews.commission(wanted=wanted, by=bm, now=now)
    return _begun(review, bm, chair, now)


def case_review(*, now=None, **more) -> PracticeReview:
    """The same of a case with a rapid review: walls hold."""
    now = now or timezone.now()
    rapid = rapid_review_at(RapidStatus.GATHERING, now=now, **more)
    return learning_review(referral=rapid.referral, now=now)


def lcspr(*, now=None) -> PracticeReview:
    """An LCSPR under way, with a reviewer whose declaration is accepted."""
    now = now or timezone.now()
    bm, chair = person_with(Role.BUSINESS_MANAGER, now), person_with(Role.CHAIR, now)
    rapid = rapid_review_at(RapidStatus.DECIDED, outcome=Outcome.LCSPR, now=now)
    wanted = Commission(kind=Kind.LCSPR, title="Review", basis=Basis.PARTNERS, referral=rapid.referral)
    review = reviews.commission(wanted=wanted, by=bm, now=now)
    declare(appoint(review, now=now), now=now)
    return _begun(review, bm, chair, now)


def appoint(review: PracticeReview, *, now=None):
    now = now or timezone.now()
    bm = person_with(Role.BUSINESS_MANAGER, now)
    reviewer = reviews.consider(review=review, name="Rae Invented", by=bm, now=now)
    return reviews.appoint(reviewer=reviewer, reason="Knows the field.", by=bm, now=now)


def declare(reviewer, *, accept: bool = True, now=None) -> None:
    now = now or timezone.now()
    said = Declared(
        text="I know nobody there.", apart_from_agencies=True, apart_from_line=True,
        declared_on=timezone.localdate(now),
    )  # fmt: skip
    bm, chair = person_with(Role.BUSINESS_MANAGER, now), person_with(Role.CHAIR, now)
    row = reviews.record_declaration(reviewer=reviewer, declared=said, by=bm, now=now)
    reviews.rule_on_declaration(declaration=row, accept=accept, grounds="Read.", by=chair, now=now)


def _begun(review, bm, chair, now) -> PracticeReview:
    day = timezone.localdate(now)
    scope = Scope(
        method="Conversations", scope_from=day - timedelta(days=400), scope_to=day, scope_note="",
        children=list(review.referral.children.all()) if review.referral else [],
        agencies=list(Agency.objects.filter(short_name__in=["Schools", "Hospital"])),
    )  # fmt: skip
    reviews.set_scope(review=review, scope=scope, by=bm, now=now)
    if not review.enquiries.exists():
        reviews.save_enquiry(review=review, question="What was known?", why="", by=bm, now=now)
    reviews.agree_terms(review=review, by=chair, now=now)
    return reviews.begin(review=review, by=bm, now=now)


def add_draft(review: PracticeReview, *, file=None, now=None, changes: str = "What the agencies said.") -> Draft:
    now = now or timezone.now()
    bm = person_with(Role.BUSINESS_MANAGER, now)
    return drafts.add_draft(review=review, file=file or report(), changes=changes, by=bm, now=now)


def circulate(draft: Draft, *names: str, now=None, due_in: int = 14) -> list[FactCheck]:
    """To the agencies with these short names, of which each gets a lead."""
    now = now or timezone.now()
    give_leads()
    agencies = list(Agency.objects.filter(short_name__in=names or ["Schools"]))
    bm, due = person_with(Role.BUSINESS_MANAGER, now), timezone.localdate(now) + timedelta(days=due_in)
    return drafts.circulate(draft=draft, agencies=agencies, due_on=due, by=bm, now=now)


def lead_of(check: FactCheck) -> Actor:
    return Actor(check.lead_name, check.lead_address)


def comment(check: FactCheck, *, now=None, **over) -> DraftComment:
    now = now or timezone.now()
    return checking.add_comment(check=check, by=lead_of(check), now=now, **COMMENT | over)


def check_at(status: CheckStatus, *, review=None, now=None) -> FactCheck:
    now = now or timezone.now()
    review = review or learning_review(now=now)
    check = circulate(add_draft(review, now=now), now=now)[0]
    by = lead_of(check)
    if status in (CheckStatus.STARTED, CheckStatus.COMMENTED):
        comment(check, now=now)
    if status == CheckStatus.COMMENTED:
        checking.send(check=check, by=by, now=now)
    elif status == CheckStatus.NO_COMMENTS:
        checking.say_no_comments(check=check, by=by, now=now)
    elif status == CheckStatus.CLOSED:
        drafts.close_check(check=check, by=person_with(Role.BUSINESS_MANAGER, now), now=now)
    rows = FactCheck.objects.select_related("draft__review__referral", "draft__document", "agency")
    return rows.get(pk=check.pk)


def draft_at(status: DraftStatus, *, review=None, now=None) -> Draft:
    now = now or timezone.now()
    bm = person_with(Role.BUSINESS_MANAGER, now)
    draft = add_draft(review or learning_review(now=now), now=now)
    if status in (DraftStatus.OUT, DraftStatus.CLOSED):
        circulate(draft, now=now)
    if status == DraftStatus.CLOSED:
        drafts.close_round(draft=draft, by=bm, now=now)
    elif status == DraftStatus.WITHDRAWN:
        drafts.withdraw(draft=draft, reason="Names in it.", by=bm, now=now)
    return Draft.objects.select_related("review__referral", "document").get(pk=draft.pk)
