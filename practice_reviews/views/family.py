"""The family contact log."""

import uuid
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from practice_reviews import family as log
from practice_reviews import permissions
from practice_reviews.choices import ContactKind, FamilyStep
from practice_reviews.forms.family import ContactForm, LeaveOutForm, MemberForm, ReachForm
from practice_reviews.models import FamilyMember
from practice_reviews.states import FAMILY
from practice_reviews.views.beside import Visit, keeps, visit
from practice_reviews.workflow import family as workflow

# The page of a kind of contact: its address and its title.
KINDS = {
    "invite": (ContactKind.INVITE, "Record the invitation"),
    "accept": (ContactKind.ACCEPT, "They take part"),
    "decline": (ContactKind.DECLINE, "They declined"),
    "set-aside": (ContactKind.SET_ASIDE, "Not to be invited"),
    "views": (ContactKind.VIEWS, "Record their views"),
    "draft": (ContactKind.DRAFT, "The draft was shared with them"),
    "publication": (ContactKind.PUBLICATION, "They were told of the publication"),
    "note": (ContactKind.NOTE, "Record another contact"),
}


@visit("family")
def family(here: Visit) -> HttpResponse:
    """Everybody on the log, and what is still to be done."""
    lines = log.lines_of(here.review)
    return here.page("family", lines=lines, missing=log.not_on_the_log(here.review, lines))


@visit("family")
@keeps
def add(here: Visit) -> HttpResponse:
    here.check()
    form = MemberForm(here.data, review=here.review, with_names=here.with_names)
    change = partial(workflow.add_member, review=here.review)
    return here.form(form, change, title="Put somebody on the log", done="They are on the log.")


def _member(here: Visit, key: uuid.UUID) -> FamilyMember:
    rows = here.review.family.select_related("child", "person", "added_by").prefetch_related("contacts__recorded_by")
    found: FamilyMember = get_object_or_404(rows, key=key)
    found.review = here.review
    return found


@visit("family")
def member(here: Visit, key: uuid.UUID) -> HttpResponse:
    """One of the family: the log in the order of days, and the next steps."""
    found = _member(here, key)
    verbs = permissions.row_verbs(here.user, FAMILY, found.status, here.review, on=here.today)
    line = log.line_of(found)
    owed = next(iter(line.owed), None)
    wanted = ContactKind.ACCEPT if owed == FamilyStep.ANSWER else owed
    steps = [(slug, title, kind == wanted) for slug, (kind, title) in KINDS.items() if kind in verbs]
    return here.page("family_member", member=found, line=line, steps=steps)


@visit("family")
@keeps
def contact(here: Visit, key: uuid.UUID, slug: str) -> HttpResponse:
    """One of KINDS."""
    here.check()
    if slug not in KINDS:
        raise Http404
    kind, title = KINDS[slug]
    found = _member(here, key)
    return here.form(
        ContactForm(here.data, kind=kind, initial={"on": here.today}),
        partial(workflow.record_contact, member=found, kind=kind),
        title=title, done="The contact is on the log.", to=here.url("family-member", key), lead_text=f"{found}.",
    )  # fmt: skip


@visit("family")
@keeps
def leave_out(here: Visit, key: uuid.UUID) -> HttpResponse:
    here.check()
    found = _member(here, key)
    return here.form(
        LeaveOutForm(here.data), partial(workflow.leave_out, member=found), title="Leave a step out?",
        lead_text=f"{found}. The step is asked for no longer. Your reason stays on the log, and the step can still be "
        "taken later.",
        done="The reason is on the log.", to=here.url("family-member", key),
    )  # fmt: skip


@visit("family")
@keeps
def reach(here: Visit, key: uuid.UUID) -> HttpResponse:
    here.check()
    found = _member(here, key)
    return here.form(
        ReachForm(here.data, initial={"reach": found.reach}), partial(workflow.change_reach, member=found),
        title="How to reach them", lead_text=f"{found}.", done="It is saved.", to=here.url("family-member", key),
    )  # fmt: skip
