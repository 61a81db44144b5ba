from typing import Any

from django import forms


class WordsForm(forms.Form):
    """What to look for among documents, asked in the address."""

    q = forms.CharField(label="Words", required=False, max_length=100)

    @property
    def words(self) -> str:
        found: Any = self.cleaned_data.get("q", "") if self.is_valid() else ""
        return str(found).strip()
