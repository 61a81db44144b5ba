import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import workflow
from referrals.forms import ConfirmForm, CorrectionForm, IncidentCorrectionForm, PersonForm
from referrals.forms.base import LATER
from referrals.models import Referral, RelatedPerson
from referrals.views.base import case_page, draft_page, needs, show_form
from referrals.views.drafts import save_part, saved_words
from referrals.workflow.base import facts_of
from referrals.workflow.corrections import CORRECTABLE
from referrals.workflow.drafts import incident_facts
from referrals.workflow.people import person_facts


def _find(referral: Referral, key: uuid.UUID) -> RelatedPerson | None:
    found = referral.people.filter(key=key).first()
    if found is None and RelatedPerson.objects.filter(key=key).exists():
        raise Http404  # somebody of another case
    return found


def _form(request: HttpRequest, referral: Referral, person: RelatedPerson | None) -> PersonForm:
    facts = person_facts(person or RelatedPerson(referral=referral))
    return PersonForm(request.POST or None, referral=referral, facts=facts, today=timezone.localdate())


def _save(request: HttpRequest, referral: Referral, key: uuid.UUID, form: PersonForm) -> Any:
    def save(facts: dict[str, Any]) -> None:
        children = facts.pop("children")
        workflow.save_person(
            referral=referral, key=key, facts=facts, children=children, by=request.user, now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )  # fmt: skip

    return save


@draft_page
def people(request: HttpRequest, draft: Referral) -> HttpResponse:
    """The parents, carers, siblings and others of a draft. They wait for the children."""
    back = reverse("referrals:draft-tasks", args=[draft.key])
    if not draft.children.exists():
        messages.info(request, "Add a child first: each person is asked about by child.")
        return redirect(back)
    found = draft.people.order_by("position").prefetch_related("relations__child")
    return render(request, "referrals/people.html", {"draft": draft, "people": found, "back": back})


@draft_page
def new_person(request: HttpRequest, draft: Referral) -> HttpResponse:
    """On to the form of a person who is not there yet; the key in the address lets a double click add one."""
    return redirect("referrals:draft-person", draft.key, uuid.uuid4())


@draft_page
@keeps_typed
def person(request: HttpRequest, draft: Referral, person_key: uuid.UUID) -> HttpResponse:
    found = _find(draft, person_key)
    form = _form(request, draft, found)
    title = found.get_role_display() if found else "Add a person"
    response = save_part(request, draft, form, title, _save(request, draft, person_key, form))
    if response.status_code == 302 and LATER not in request.POST:
        return redirect("referrals:draft-people", draft.key)
    return response


@draft_page
def remove_person(request: HttpRequest, draft: Referral, person_key: uuid.UUID) -> HttpResponse:
    back = reverse("referrals:draft-people", args=[draft.key])
    found = draft.people.filter(key=person_key).first()
    if request.method == "POST":
        workflow.remove_person(draft=draft, key=person_key, by=request.user, now=timezone.now())
    if request.method == "POST" or found is None:
        return redirect(back)
    form = ConfirmForm(submit="Remove this person")
    lead_text = f"{found.get_role_display()}, person {found.position} of the draft, will be taken off it."
    return show_form(request, form, title="Remove this person?", draft=draft, back=back, lead_text=lead_text)


def _correct(
    request: HttpRequest, referral: Referral, form: Any, title: str, save: Any, **context: Any
) -> HttpResponse:
    """Save what has become known later; two windows do not overwrite each other."""
    back = reverse("referrals:referral-detail", args=[referral.reference])
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form.facts())
        except NotPermitted:
            raise
        except workflow.ChangedMeanwhileError as meanwhile:
            form.renew(meanwhile.saved)
            conflict = saved_words(form, meanwhile.saved)
        except WorkflowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect(back)
    context |= {"referral": referral, "case_tab": "information", "conflict": conflict}
    return show_form(request, form, title=title, back=back, **context)


@case_page
@needs(Permission.RECORD_CASE)
def add_later(request: HttpRequest, referral: Referral) -> HttpResponse:
    return redirect("referrals:person-change", referral.reference, uuid.uuid4())


@case_page
@needs(Permission.RECORD_CASE)
@keeps_typed
def change_person(request: HttpRequest, referral: Referral, person_key: uuid.UUID) -> HttpResponse:
    """Somebody who became known after the case was recorded, or a correction."""
    found = _find(referral, person_key)
    form = _form(request, referral, found)
    form.more_buttons = ()  # type: ignore[misc]
    title = found.pseudonym if found else "Add a person"
    return _correct(request, referral, form, title, _save(request, referral, person_key, form))


@case_page
@needs(Permission.RECORD_CASE)
@keeps_typed
def correct_child(request: HttpRequest, referral: Referral, child_key: uuid.UUID) -> HttpResponse:
    """What has become known later of a child. The page says that what was notified stays as it was."""
    child = referral.children.filter(key=child_key).first()
    if child is None:
        raise Http404
    now = timezone.now()
    facts = facts_of(child, CORRECTABLE)
    form = CorrectionForm(request.POST or None, facts=facts, today=timezone.localdate(now))

    def save(facts: dict[str, Any]) -> None:
        wanted = {name: value for name, value in facts.items() if name in CORRECTABLE}
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        workflow.correct_child(child=child, facts=wanted, reason=reason, by=request.user, now=now, seen=seen)

    text = "What was known when the case was recorded stays on record as it was notified, beside what you write here."
    return _correct(request, referral, form, f"Correct {child.pseudonym}", save, lead_text=text)


@case_page
@needs(Permission.RECORD_CASE)
@keeps_typed
def correct_incident(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = IncidentCorrectionForm(
        request.POST or None, draft=referral, facts=incident_facts(referral), today=timezone.localdate(now)
    )

    def save(facts: dict[str, Any]) -> None:
        harm_types = facts.pop("harm_types")
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        workflow.correct_incident(
            referral=referral, facts=facts, harm_types=harm_types, reason=reason, by=request.user, now=now, seen=seen
        )

    return _correct(request, referral, form, "Correct the incident", save)
