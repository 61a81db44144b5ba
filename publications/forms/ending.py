"""Publishing, taking down, deciding not to publish."""

from core.forms import DateField, Form
from publications.choices import Authority
from referrals.forms.base import radios, text, textarea


class PublishForm(Form):
    submit = "Publish now"
    warning = True
    late_reason = textarea("If the six months have passed: why", "Asked for when it is late.")
    told = text("If it is late: who was told", max_length=300)


class TakeDownForm(Form):
    submit = "Take it down"
    warning = True
    reason = textarea("Why is it taken down?", required=True)


class WithholdForm(Form):
    submit = "Record the decision not to publish"
    warning = True
    justification = textarea(
        "Why is the report not published?", "For the national Panel and the Secretary of State.", True
    )
    improvements = textarea(
        "Information on improvements that is published instead", "The public reads this. No names.", True
    )


class AgainForm(Form):
    submit = "Plan it again"
    planned_on = DateField(label="When is it to be published?", what="the day of publication")


class ToldForm(Form):
    submit = "Save"
    authority = radios(Authority, "Who was told?", required=True)
    told_on = DateField(label="When?", what="the day on which they were told")


class CommentForm(Form):
    submit = "Save the comment"
    authority = radios(Authority, "Who commented?", required=True)
    received_on = DateField(label="When did it come?", what="the day on which it came")
    text = textarea("What did they say?", required=True)
    response = textarea("What was made of it? (optional)")
