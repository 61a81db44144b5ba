"""Letters to national bodies and the notice of delay."""

from typing import Any

from core.forms import DateField, Form
from practice_reviews.choices import Lateness
from practice_reviews.workflow import Delay
from referrals.forms.base import radios, text, textarea

NO_NAMES = "References and pseudonyms only: a child’s name is refused."


class LetterForm(Form):
    submit = "Save the letter"
    text = textarea("Text of the letter", NO_NAMES, True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 18


class SentForm(Form):
    """Needs a reason for lateness only where the workflow asks for it."""

    submit = "It was sent"
    on = DateField(label="Sent on", what="the day on which it was sent")
    to = text("Sent to", "The address or mailbox, or by what way.", required=True)
    late_reason = textarea(
        "If telling all three is late: why?", "Needed with the last of the three letters, when the day has passed."
    )

    def __init__(self, *args: Any, is_notice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_notice:
            del self.fields["late_reason"]


class DelayForm(Form):
    submit = "Write the letters"
    kind = radios(Lateness, "What happens?", required=True)
    reason = textarea("Reason", f"As the national Panel and the Secretary of State are to read it. {NO_NAMES}", True)
    known_on = DateField(label="Known since", what="the day since when it is known")
    expected_on = DateField(
        label="Publication now expected by", what="the day", required=False,
        help_text="May be left open where publication is withheld.",
    )  # fmt: skip

    def clean(self) -> None:
        if self.cleaned_data.get("kind") == Lateness.LATE:
            self.require("expected_on", "Enter the day by which publication is expected now")

    def delay(self) -> dict[str, Any]:
        return {"delay": Delay(**self.cleaned_data | {"kind": Lateness(self.cleaned_data["kind"])})}
