from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.workflow import record
from core.forms import Form
from overview.see_as import Sight
from panel import permissions as panel
from panel.models import User
from panel.people import holders
from panel.permissions import Permission
from panel.roles import Role


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        roles = ", ".join(sorted(role.label for role in person.roles_on(timezone.localdate())))
        return f"{person.name} ({roles})"


class PersonForm(Form):
    submit = "See it as this person"
    person = PersonField(
        User.objects.none(), label="Who?", empty_label="Choose a person",
        error_messages={"required": "Select a person"},
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        people = holders(*Role, on=timezone.localdate()).prefetch_related("memberships__agency")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Whose eyes to borrow. By GET, since nothing changes."""
    panel.check(request.user, Permission.SEE_AS)
    form = PersonForm(request.GET if "person" in request.GET else None)
    form_helper = form.helper
    form_helper.form_method = "get"
    if form.is_bound and form.is_valid():
        return redirect("overview:see-as", form.cleaned_data["person"].pk)
    page = {"form": form, "helper": form_helper, "back": reverse("overview:home")}
    return render(request, "overview/see_as_choose.html", page)


@require_safe
def see_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Lists, counts, board and what needs them, as that person has them. ?reference= one case, ?words= searches."""
    panel.check(request.user, Permission.SEE_AS)
    person = get_object_or_404(User.objects.filter(is_active=True), pk=pk)
    sight = Sight(person, request.user, timezone.localdate())
    asked = request.GET.get("reference", "").strip()[:20]
    words = request.GET.get("words", "").replace("\x00", "").strip()[:200]
    record("access.seen_as", by=request.user, obj=person, person=str(person))
    roles = sorted(role.label for role in person.roles_on(sight.today))
    page = {"sight": sight, "person": person, "roles": roles, "asked": asked, "today": sight.today}
    page |= {
        "exists": bool(asked) and sight.has(asked),
        "words": words,
        "found": sight.search(words) if words else None,
    }
    return render(request, "overview/see_as.html", page)
