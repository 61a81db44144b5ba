from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.db.models import Q, QuerySet

from core.forms import DateField, Form
from panel.models import Agency, Membership, PanelMeeting, User
from panel.people import holders
from panel.roles import PANEL_ROLES, Role
from rapid_reviews.choices import NEEDS_ENQUIRY, Outcome
from rapid_reviews.forms.rows import Rows
from rapid_reviews.models import Audience, Recommendation
from rapid_reviews.quorum import Quorum, quorum_of_partners, represented_by
from rapid_reviews.workflow.recommending import Particulars
from referrals.models import CaseInvitation, Referral

ATTENDING = PANEL_ROLES | {Role.SAFEGUARDING_PARTNER}
OTHER_DAY, CIRCULATION = "other", "circulation"


def may_attend(referral: Referral, day: date) -> QuerySet[Membership]:
    """The seats of those who may have been there: the Panel, the partners, who is invited to this case."""
    invited = CaseInvitation.objects.filter(CaseInvitation.running(day), referral=referral).values("person")
    return (
        Membership.objects.running_on(day)
        .filter(Q(role__in=ATTENDING) | Q(role=Role.INVITED, user__in=invited), user__is_active=True)
        .select_related("user", "agency", "deputy_for__user", "deputy_for__agency")
        .order_by("user__name", "pk")
    )


class PresentField(forms.ModelMultipleChoiceField):
    walled: frozenset[int] = frozenset()  # ids of the people with a conflict in this case

    def label_from_instance(self, seat: Membership) -> str:
        note = " – conflict of interest, does not count" if seat.user_id in self.walled else ""
        if not note and seat.deputy_for is not None and seat.deputy_for.user_id in self.walled:
            note = f" – acts for {seat.deputy_for.user.name}, {seat.deputy_for.agency.short_name}"
        elif not note and seat.deputy_for is not None:
            note = f" – for {seat.deputy_for.user.name}, if they are away"
        return f"{seat.user.name}, {seat.get_role_display()}, {seat.agency.short_name}{note}"


class RecommendationForm(Form):
    """The Panel's recommendation, what it asks, and the meeting that made it.

    Without JavaScript a button checks the quorum and another adds a row; `is_only_looking` forms are not validated.
    """

    submit = "Save and check answers"
    outcome = forms.ChoiceField(
        label="What does the Panel recommend?", choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Reason for the recommendation",
        widget=forms.Textarea,
        help_text="Meeting the criteria does not make a local review automatic. Say what it would add.",
    )
    asked = forms.ModelMultipleChoiceField(
        label="For a single-agency review or audit: of which agencies is it asked?",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audiences = forms.ModelMultipleChoiceField(
        label="Whom is the learning for?",
        queryset=Audience.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_audiences = forms.CharField(label="Anybody else? (optional)", required=False)
    meeting = forms.ChoiceField(label="Where was it agreed?", widget=forms.RadioSelect, required=False)
    met_on = DateField(label="When did the Panel meet?", what="the date of the meeting", required=False)
    present = PresentField(
        label="Who was present?",
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="All three Safeguarding Partners must be represented. A named deputy counts where their member is "
        "away or has a conflict of interest.",
    )
    chair_ruling = forms.CharField(
        label="The chair’s ruling, if the meeting was not quorate",
        widget=forms.Textarea,
        required=False,
        help_text="Why the recommendation stands although a Safeguarding Partner was not represented.",
    )
    ruled_by = forms.ModelChoiceField(
        label="Who made the ruling?", queryset=User.objects.none(), required=False, empty_label="Nobody: quorate"
    )

    def __init__(
        self,
        *args: Any,
        draft: Recommendation | None,
        earlier: Recommendation | None = None,
        referral: Referral,
        meetings: Sequence[PanelMeeting] = (),
        on: date,
        **kwargs: Any,
    ) -> None:
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        source = draft or earlier  # a reopened one is the beginning of the next
        super().__init__(*args, initial=_initial(source, draft, meetings, on), **kwargs)
        self.enquiries = Rows(
            self, "enquiry", {"question": "Key line of enquiry", "why": "Why is it asked?"},
            [{"question": row.question, "why": row.why} for row in source.enquiries.all()] if source else [],
        )  # fmt: skip
        self.dissents = Rows(
            self, "dissent", {"who": "Who does not share the recommendation?", "text": "What do they hold against it?"},
            [{"who": row.membership_id, "text": row.text} for row in draft.dissents.all()] if draft else [],
        )  # fmt: skip
        self._offer(referral, on)

    def _offer(self, referral: Referral, on: date) -> None:
        """What there is to choose: the roll is that of the meeting's day."""
        day = self.day or on
        self.walled = frozenset(c.member_id for c in referral.conflicts.all() if c.runs_on(day))
        self.fields["meeting"].choices = [
            *((key, f"The meeting of {meeting}") for key, meeting in self.meetings.items()),
            (OTHER_DAY, "At a meeting on another day"),
            (CIRCULATION, "Outside a meeting: it is to be circulated to the members"),
        ]
        present = self.fields["present"]
        present.walled, present.queryset = self.walled, may_attend(referral, day)
        self.roll = list(present.queryset)
        self.dissents.choose("who", [(seat.pk, f"{seat.user.name}, {seat.agency.short_name}") for seat in self.roll])
        self.fields["asked"].queryset = Agency.objects.filter(is_active=True)
        self.fields["audiences"].queryset = Audience.objects.filter(is_active=True)
        self.fields["ruled_by"].queryset = holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=day)

    @property
    def chosen(self) -> str:
        """Which meeting is chosen, as far as it is typed yet."""
        if self.is_bound:
            return str(self.data.get("meeting") or OTHER_DAY)
        return str(self.initial.get("meeting") or OTHER_DAY)

    @property
    def day(self) -> date | None:
        """The day of the meeting chosen, as far as it is typed yet."""
        if self.chosen in self.meetings:
            return self.meetings[self.chosen].on
        if not self.is_bound:
            found: date | None = self.initial.get("met_on")
            return found
        try:
            return date(*(int(self.data.get(f"met_on_{part}", "")) for part in (2, 1, 0)))
        except ValueError:
            return None

    @property
    def quorum(self) -> Quorum:
        """Of those ticked, whether or not the rest is filled in."""
        if self.is_bound:
            ticked = set(self.data.getlist("present"))
        else:
            ticked = {str(pk) for pk in self.initial.get("present", [])}
        seats = [seat for seat in self.roll if str(seat.pk) in ticked]
        return quorum_of_partners(set(represented_by(seats, self.walled)))

    def layout(self) -> list[LayoutObject | str]:
        return [
            Field("outcome"),
            Field("reason"),
            HTML('<h2 class="govuk-heading-m" id="enquiries">Key lines of enquiry</h2>'
                 '<p class="govuk-hint">Needed for a local child safeguarding practice review and for a multi-agency '
                 "learning review.</p>"),
            *self.enquiries.layout("Add another key line of enquiry"),
            Field("asked"),
            Field("audiences"),
            Field("other_audiences"),
            HTML('<h2 class="govuk-heading-m">How it was agreed</h2>'),
            self.reveal("meeting", other=["met_on"]),
            Field("present"),
            HTML('{% include "rapid_reviews/quorum.html" with quorum=form.quorum %}'),
            HTML('<h2 class="govuk-heading-m" id="dissent">Dissent</h2>'),
            *self.dissents.layout("Add another dissent"),
            Field("chair_ruling"),
            Field("ruled_by"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.chosen == OTHER_DAY:
            self.require("met_on", "Enter the date of the meeting")
        if self.chosen != CIRCULATION:
            self.require("present", "Select who was present")
        if data.get("outcome") == Outcome.SINGLE_AGENCY:
            self.require("asked", "Select the agencies of which the review is asked")
        if data.get("outcome") in NEEDS_ENQUIRY:
            self.enquiries.require_one("Enter at least one key line of enquiry")
        self.enquiries.require_whole({
            "question": "Enter the key line of enquiry, or clear why it is asked",
            "why": "Say why this key line of enquiry is asked",
        })  # fmt: skip
        self.dissents.require_whole({
            "who": "Select who does not share the recommendation",
            "text": "Enter what the member holds against the recommendation",
        })  # fmt: skip
        if data.get("chair_ruling"):
            self.require("ruled_by", "Select who made the ruling")
        if data.get("ruled_by"):
            self.require("chair_ruling", "Enter the ruling with its reason, or select “Nobody: quorate”")
        return data

    def drafted(self, today: date) -> dict[str, Any]:
        """What workflow.draft_recommendation takes."""
        data = self.cleaned_data
        seats = {str(seat.pk): seat for seat in self.roll}
        circulated = self.chosen == CIRCULATION
        return {
            "outcome": Outcome(data["outcome"]),
            "reason": data["reason"].replace("\r\n", "\n"),
            "met_on": today if circulated else self.day,
            "present": [] if circulated else list(data["present"]),
            "by_circulation": circulated,
            "chair_ruling": data["chair_ruling"],
            "ruled_by": data["ruled_by"],
            "particulars": Particulars(
                enquiries=[(row["question"], row["why"]) for row in self.enquiries.filled],
                audiences=list(data["audiences"]),
                other_audiences=data["other_audiences"],
                asked=list(data["asked"]),
                dissents=[(seats[str(row["who"])], row["text"]) for row in self.dissents.filled],
            ),
        }


def _initial(
    source: Recommendation | None, draft: Recommendation | None, meetings: Sequence[PanelMeeting], on: date
) -> dict[str, Any]:
    """From the draft; what a reopened recommendation asked begins the next one, its meeting does not."""
    initial: dict[str, Any] = {"met_on": on, "meeting": str(meetings[0].pk) if meetings else OTHER_DAY}
    if source is not None:
        initial |= {name: getattr(source, name) for name in ("outcome", "reason", "other_audiences")}
        initial["audiences"] = [row.audience_id for row in source.audiences.all()]
        initial["asked"] = [row.agency_id for row in source.asked_agencies.all()]
    if draft is not None:
        known = draft.meeting_id in {meeting.pk for meeting in meetings}
        initial["meeting"] = CIRCULATION if draft.by_circulation else str(draft.meeting_id) if known else OTHER_DAY
        initial |= {"met_on": draft.met_on, "chair_ruling": draft.chair_ruling, "ruled_by": draft.ruled_by_id}
        initial["present"] = [row.membership_id for row in draft.attendances.all()]
    return initial
