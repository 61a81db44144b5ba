"""Key practice episodes analysed one by one, and the lines of the two tables."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from chronology.timeline import when
from rapid_reviews import permissions, workflow
from rapid_reviews.choices import ProceedingKind, SectionKey
from rapid_reviews.episodes import Episode, episode_of
from rapid_reviews.forms import EpisodeForm, LearningForm, LineForm, ProceedingForm
from rapid_reviews.models import Proceeding, SharedLearning
from rapid_reviews.models.structured import Listed
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.clashing import overtaken
from rapid_reviews.views.section_page import people_of
from rapid_reviews.views.typed import keeps
from rapid_reviews.workflow.structured import QUESTIONS

TABLES: dict[str, tuple[type[Listed], type[LineForm], str]] = {
    SectionKey.IMMEDIATE_LEARNING.value: (SharedLearning, LearningForm, "How learning is shared"),
    SectionKey.PARALLEL.value: (Proceeding, ProceedingForm, "Parallel proceedings"),
}


@visit()
@keeps
def edit_episode(here: Visit, key: UUID) -> HttpResponse:
    """Read the analysis, or write it if the table allows."""
    episode = episode_of(here.review, str(key))
    if episode is None:
        raise Http404
    user = here.request.user
    if here.request.method == "POST":
        permissions.check_person(user, here.review, "edit_sections", on=here.today)
    analysis = episode.analysis
    initial = {name: getattr(analysis, name, "") for name in QUESTIONS} | {"version": getattr(analysis, "version", 0)}
    may = permissions.can_verb(user, here.review, "edit_sections", on=here.today)
    form = EpisodeForm(here.request.POST or None, initial=initial) if may or here.request.method == "POST" else None
    if form is not None and here.request.method == "POST" and form.is_valid():
        return _save_episode(here, episode, form)
    return _episode_page(here, episode, form)


def _save_episode(here: Visit, episode: Episode, form: EpisodeForm) -> HttpResponse:
    def change() -> None:
        workflow.analyse_episode(
            review=here.review, row=episode.row, answers=form.answers, version=form.cleaned_data["version"],
            by=here.request.user, now=here.now,
        )  # fmt: skip

    try:
        if attempt(form, change):
            return here.done("The analysis is saved.", "section-edit", slug=SectionKey.EPISODES.value)
    except workflow.ConflictError as conflict:
        clash, data = overtaken(form, conflict, mine=form.answers, long=QUESTIONS)
        return here.page(
            "merge", title=episode.title, clash=clash, form=EpisodeForm(data), slug=SectionKey.EPISODES.value
        )
    return _episode_page(here, episode, form)


def _episode_page(here: Visit, episode: Episode, form: EpisodeForm | None) -> HttpResponse:
    return here.page("episode", episode=episode, form=form, people=people_of(here), when=when(episode.row))


@visit("edit_sections")
@keeps
def edit_line(here: Visit, slug: str, uuid: UUID | None = None) -> HttpResponse:
    """A new line, or one that is there."""
    if slug not in TABLES:
        raise Http404
    model, form_of, title = TABLES[slug]
    line = _line(here, model, uuid) if uuid else None
    form = form_of(here.request.POST or None, line=line)
    if here.request.method == "POST" and form.is_valid():
        return _save_line(here, slug, form)
    return here.page("line", form=form, title=title, slug=slug, line=line)


def _line(here: Visit, model: type[Listed], uuid: UUID) -> Listed:
    lines = model.objects.filter(review=here.review, removed_at=None).select_related("updated_by", "review")
    line: Listed = get_object_or_404(lines, uuid=uuid)
    return line


def _save_line(here: Visit, slug: str, form: LineForm) -> HttpResponse:
    title = TABLES[slug][2]
    try:
        if attempt(form, lambda: _write(here, form)):
            return here.done("The line is saved.", "section-edit", slug=slug)
    except workflow.ConflictError as conflict:
        mine = {name: value for name, value in form.facts.items() if name not in ("uuid", "version")}
        clash, data = overtaken(form, conflict, mine=mine, long=form.long)
        return here.page("merge", title=title, clash=clash, form=type(form)(data), slug=slug)
    return here.page("line", form=form, title=title, slug=slug, line=None)


def _write(here: Visit, form: LineForm) -> None:
    facts: dict[str, Any] = form.facts
    if isinstance(form, LearningForm):
        workflow.save_learning(review=here.review, by=here.request.user, now=here.now, **facts)
    else:
        facts["kind"] = ProceedingKind(facts["kind"])
        workflow.save_proceeding(review=here.review, by=here.request.user, now=here.now, **facts)


@require_POST
@visit("edit_sections")
def remove_line(here: Visit, slug: str, uuid: UUID) -> HttpResponse:
    if slug not in TABLES:
        raise Http404
    workflow.remove_line(line=_line(here, TABLES[slug][0], uuid), by=here.request.user, now=here.now)
    return here.done("The line is taken out. It is kept in the history.", "section-edit", slug=slug)
