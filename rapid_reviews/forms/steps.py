from django import forms

from core.forms import DateField, Form


class MilestoneForm(Form):
    submit = "Mark as done"
    done_on = DateField(label="When was it done?", what="the date on which it was done")


class ReopenForm(Form):
    submit = "Reopen the recommendation"
    reason = forms.CharField(label="Why is the recommendation reopened?", widget=forms.Textarea)


class WithdrawForm(Form):
    submit = "Withdraw the rapid review"
    warning = True
    reason = forms.CharField(label="Why are the criteria found not met?", widget=forms.Textarea)
