"""The documents of a case: list, upload, one document with its versions, and what is done to it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from documents import facts, workflow
from documents.forms import ReasonForm, UploadForm, VersionForm
from documents.models import Document
from documents.permissions import can_verb
from documents.states import LIVE
from documents.uploads import Outcome, is_key, store_each
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import permissions
from referrals.documents import key_of
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs, show_form

PER_PAGE = 50
TAB = {"case_tab": "documents"}
FORM = "referrals/document_form.html"


@dataclass(frozen=True)
class Step:
    """A page that asks for a reason: its title, button and explanation, and the right that it needs."""

    title: str
    submit: str
    text: str
    permission: Permission
    done: str
    warning: bool = True


STEPS = {
    "withdraw": Step(
        "Withdraw this document?", "Withdraw it", "Nobody can download it any more. The file is kept until somebody "
        "disposes of it.", Permission.WITHDRAW_DOCUMENTS, "The document was withdrawn.",
    ),
    "hold": Step(
        "Put this document on legal hold?", "Put it on legal hold", "Nobody can dispose of it until the hold is ended.",
        Permission.DISPOSE_OF_DOCUMENTS, "The document is on legal hold.", warning=False,
    ),
    "release": Step(
        "End the legal hold?", "End the hold", "From then on the document can be disposed of.",
        Permission.DISPOSE_OF_DOCUMENTS, "The legal hold was ended.",
    ),
    "dispose": Step(
        "Dispose of this document?", "Dispose of it for good", "The file is removed and cannot be brought back. What "
        "is known of it, with your name and the reason, stays.", Permission.DISPOSE_OF_DOCUMENTS,
        "The document was disposed of.",
    ),
}  # fmt: skip


def _documents(request: HttpRequest, referral: Referral) -> Any:
    """Its own and those that came with what belongs to it, as an agency's return; each by its owner's answer."""
    people = ("kind", "uploaded_by", "withdrawn_by", "held_by", "disposed_by")
    visible = Document.objects.visible_to(request.user).filter(reference=referral.reference)
    return visible.with_replaced().select_related(*people)


def _rights(request: HttpRequest, referral: Referral) -> dict[str, bool]:
    user, today = request.user, timezone.localdate()
    return {
        "names": permissions.can_see_names(user, referral, on=today),  # type: ignore[arg-type]
        "may_read": permissions.can(user, Permission.READ_DOCUMENTS, referral, on=today),  # type: ignore[arg-type]
        "may_add": permissions.can(user, Permission.ADD_DOCUMENTS, referral, on=today),  # type: ignore[arg-type]
    }


@case_page
def documents(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Those in use, newest first; with ?all=1 also what was withdrawn, replaced or disposed of."""
    with_all = request.GET.get("all") == "1"
    found = _documents(request, referral)
    page = Paginator(found if with_all else found.current(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"referral": referral, "page": page, "with_all": with_all, **TAB, **_rights(request, referral)}
    return render(request, "referrals/documents.html", context)


@case_page
@needs(Permission.ADD_DOCUMENTS)
@keeps_typed
def upload(request: HttpRequest, referral: Referral) -> HttpResponse:
    back = reverse("referrals:document-list", args=[referral.reference])
    if request.method == "POST" and request.POST.getlist("stored") and not request.FILES:
        return _finish(request, referral)
    form = UploadForm(request.POST or None, request.FILES or None)
    one, back_again = (f"referrals:document-{name}" for name in ("upload-one", "take-back"))
    form.one_by_one(
        upload=reverse(one, args=[referral.reference]), remove=reverse(back_again, args=[referral.reference])
    )
    if request.method == "POST" and _store(request, referral, form):
        return redirect(back)
    return show_form(
        request, form, title="Upload documents", back=back, referral=referral, template=FORM, **TAB,
        lead_text="Hidden details, such as the author or where a photograph was taken, are taken out before storing.",
    )  # fmt: skip


def _store(request: HttpRequest, referral: Referral, form: UploadForm, supersedes: Document | None = None) -> bool:
    """Store what was chosen. What is refused becomes an error of the form, under the name that the person knows."""
    if not form.is_valid():
        return False
    outcome = store_each(
        form.cleaned_data["chosen"], owner_key=key_of(referral), reference=referral.reference, by=request.user,
        now=timezone.now(), supersedes=supersedes, **form.facts(),
    )  # fmt: skip
    if outcome.stored:
        more = " Do not choose them again." if outcome.refused else ""
        messages.success(request, outcome.sentence() + more)
    for name, sentence in outcome.refused:
        form.add_error("chosen", f"{name}: {sentence}")
    return not outcome.refused


def _finish(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The script has sent every file already: say how many there are."""
    keys = [key for key in request.POST.getlist("stored") if is_key(key)]
    mine = _documents(request, referral).filter(key__in=keys, uploaded_by=request.user, status__in=LIVE)
    messages.success(request, Outcome(stored=list(mine)).sentence())
    return redirect("referrals:document-list", referral.reference)


@case_page
def document(request: HttpRequest, referral: Referral, key: str) -> HttpResponse:
    """What is known of one document, and what the person may do to it."""
    found = get_object_or_404(_documents(request, referral), key=key)
    rights = _rights(request, referral)
    context = {
        "referral": referral,
        "document": found,
        "rows": facts.rows(found, names=rights["names"]),
        "versions": _versions(request, referral, found),
        "steps": _steps(request, referral, found, rights),
        "back": reverse("referrals:document-list", args=[referral.reference]),
        **TAB,
        **rights,
    }
    return render(request, "referrals/document.html", context)


def _versions(request: HttpRequest, referral: Referral, document: Document) -> list[Document]:
    """All versions, newest first; nothing where there is only this one. At most two queries."""
    links = dict(_documents(request, referral).values_list("pk", "supersedes"))
    first = document.pk
    while links.get(first) is not None:
        first = links[first]
    chain = {first}
    while later := {pk for pk, older in links.items() if older in chain} - chain:
        chain |= later
    return list(_documents(request, referral).filter(pk__in=chain).order_by("-pk")) if len(chain) > 1 else []


def _steps(
    request: HttpRequest, referral: Referral, document: Document, rights: dict[str, bool]
) -> list[dict[str, str]]:
    today = timezone.localdate()
    manages = permissions.can(request.user, Permission.DISPOSE_OF_DOCUMENTS, referral, on=today)  # type: ignore[arg-type]
    held = document.held_at is not None
    own = document.owner_key == key_of(referral)
    offered = [
        ("document-version", "Upload a new version", own and rights["may_add"] and document.is_available),
        ("document-withdraw", "Withdraw it", can_verb(request.user, "withdraw", document, on=today)),
        ("document-hold", "Put it on legal hold", manages and document.has_file and not held),
        ("document-release", "End the legal hold", manages and held),
        ("document-dispose", "Dispose of it", not held and can_verb(request.user, "dispose", document, on=today)),
    ]
    where = [referral.reference, document.key]
    return [{"label": label, "url": reverse(f"referrals:{name}", args=where)} for name, label, may in offered if may]


@case_page
@needs(Permission.ADD_DOCUMENTS)
@keeps_typed
def document_version(request: HttpRequest, referral: Referral, key: str) -> HttpResponse:
    old = get_object_or_404(_documents(request, referral).of(key_of(referral)), key=key)
    initial = {"kind": old.kind.code, "marking": old.marking, "description": old.description}
    form = VersionForm(request.POST or None, request.FILES or None, initial=initial)
    back = reverse("referrals:document-detail", args=[referral.reference, old.key])
    if request.method == "POST" and _store(request, referral, form, supersedes=old):
        return redirect("referrals:document-list", referral.reference)
    return show_form(
        request, form, title=f"New version of {old.name}", back=back, referral=referral, template=FORM, **TAB,
        lead_text="The earlier version is kept, and stands on the page of the new one.",
    )  # fmt: skip


@case_page
def document_step(request: HttpRequest, referral: Referral, key: str, verb: str) -> HttpResponse:
    """Withdraw, hold, release or dispose, with the reason."""
    step = STEPS[verb]
    return needs(step.permission)(_document_step)(request, referral, key, verb, step)


def _document_step(request: HttpRequest, referral: Referral, key: str, verb: str, step: Step) -> HttpResponse:
    found = get_object_or_404(_documents(request, referral), key=key)
    data = request.POST if request.method == "POST" else None
    form: BaseForm = ReasonForm(data, submit=step.submit, warning=step.warning)
    back = reverse("referrals:document-detail", args=[referral.reference, found.key])

    def save() -> None:
        reason = form.cleaned_data["reason"]
        getattr(workflow, verb)(document=found, reason=reason, by=request.user, now=timezone.now())

    if request.method == "POST" and attempt(form, save):
        messages.success(request, step.done)
        return redirect(back)
    text = f"{found.filename}. {step.text}"
    return show_form(request, form, title=step.title, back=back, referral=referral, lead_text=text, **TAB)
