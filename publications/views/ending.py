"""Publishing, taking down, deciding not to publish, and what the authorities say to it."""

from django.http import HttpResponse

from core.errors import WorkflowError
from panel.permissions import Permission
from publications import forms, workflow
from publications.page import PublicationPage
from publications.views.base import Visit, visit_form


@visit_form
def publish(here: Visit) -> HttpResponse:
    """Everything that is missing, or the button."""
    here.check(Permission.PUBLISH)
    form = forms.PublishForm(here.request.POST if here.request.method == "POST" else None)

    def save() -> None:
        try:
            workflow.publish(publication=here.publication, by=here.user, now=here.now, **form.cleaned_data)
        except workflow.NotReadyError as error:
            *others, last = error.sentences
            for sentence in others:
                form.add_error(None, sentence)
            raise WorkflowError(last) from error

    page = PublicationPage(here.publication, here.user, here.today, here.now)
    return here.form(
        form, save, title="Publish the report?", done="The report is published.", template="publish", page=page
    )


@visit_form
def take_down(here: Visit) -> HttpResponse:
    here.check(Permission.PUBLISH)
    form = forms.TakeDownForm(here.data)

    def save() -> None:
        reason = form.cleaned_data["reason"]
        workflow.take_down(publication=here.publication, reason=reason, by=here.user, now=here.now)

    clock = here.publication.available_clock
    words = "Its public address will say that it was taken down. Caches forget it within five minutes."
    if clock is not None and clock.is_running and here.today < clock.due_on:
        words = (
            f"It must stay publicly available until {clock.due_on:%-d %B %Y}: say why it comes down earlier. {words}"
        )
    return here.form(form, save, title="Take the report down?", done="The report is taken down.", lead_text=words)


@visit_form
def withhold(here: Visit) -> HttpResponse:
    here.check(Permission.PUBLISH)
    form = forms.WithholdForm(here.data)

    def save() -> None:
        workflow.withhold(publication=here.publication, by=here.user, now=here.now, **form.cleaned_data)

    words = "Guidance expects publication. What is published instead appears under the public title and address."
    return here.form(form, save, title="Decide not to publish?", done="The decision is recorded.", lead_text=words)


@visit_form
def again(here: Visit) -> HttpResponse:
    here.check(Permission.PUBLISH)
    form = forms.AgainForm(here.data)

    def save() -> None:
        day = form.cleaned_data["planned_on"]
        workflow.plan_again(publication=here.publication, planned_on=day, by=here.user, now=here.now)

    words = "Approvals, copies and the agreement to the media strategy are asked for anew."
    return here.form(form, save, title="Plan the publication again", done="It is planned again.", lead_text=words)


@visit_form
def told(here: Visit) -> HttpResponse:
    here.check()
    form = forms.ToldForm(here.data, initial={"told_on": here.today})

    def save() -> None:
        workflow.record_told(publication=here.publication, by=here.user, now=here.now, **form.cleaned_data)

    return here.form(form, save, title="Who was told of the decision?", done="It is recorded who was told.")


@visit_form
def comment(here: Visit) -> HttpResponse:
    here.check()
    form = forms.CommentForm(here.data)

    def save() -> None:
        workflow.record_comment(publication=here.publication, by=here.user, now=here.now, **form.cleaned_data)

    return here.form(form, save, title="Record a comment on publication", done="The comment is recorded.")
