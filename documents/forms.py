from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.forms import Form
from documents.choices import Marking
from documents.content import ACCEPT
from documents.models import DocumentKind


class FilesInput(forms.ClearableFileInput):
    """Several files at once. The browser's own input takes dropped files too; a script names those chosen."""

    allow_multiple_selected = True
    template_name = "documents/widgets/files.html"


class FilesField(forms.FileField):
    """One or more files; an empty list never comes out of it."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, list) else [data]
        # An empty file is let through here: content.identify has a better sentence for it.
        if not any(chosen):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > settings.DOCUMENTS_MAX_FILES:
            raise forms.ValidationError(f"Choose at most {settings.DOCUMENTS_MAX_FILES} files at once")
        return chosen


def files_help() -> str:
    return (
        "PDF, Word, Excel, PowerPoint, OpenDocument text, CSV, plain text, PNG or JPEG, "
        f"each up to {settings.DOCUMENTS_MAX_MB} MB. No passwords and no macros. E-mails: save them as PDF."
    )


class UploadForm(Form):
    """What is known of all the files chosen together, and the files."""

    submit = "Upload"
    kind = forms.ModelChoiceField(
        DocumentKind.objects.none(), label="Type of document", empty_label="Choose a type", to_field_name="code",
        error_messages={"required": "Select the type of document"},
    )  # fmt: skip
    marking = forms.ChoiceField(
        choices=Marking.choices, initial=Marking.SENSITIVE, label="Protective marking", widget=forms.RadioSelect
    )
    description = forms.CharField(
        label="What is it? (optional)", required=False, max_length=300,
        help_text="Everybody who sees the case reads this: no names.",
    )  # fmt: skip
    chosen = FilesField(label="Files", error_messages={"required": "Choose at least one file"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = DocumentKind.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["chosen"].help_text = files_help()
        self.fields["chosen"].widget.attrs |= {"accept": ACCEPT, "class": "govuk-file-upload app-drop"}

    def one_by_one(self, *, upload: str, remove: str) -> None:
        """Let the page's script send each file as soon as it is chosen; without the script nothing changes."""
        self.fields["chosen"].widget.attrs |= {"data-upload": upload, "data-remove": remove}

    def facts(self) -> dict[str, Any]:
        """What `workflow.store` asks, but for the file."""
        cleaned = self.cleaned_data
        return {
            "kind": cleaned["kind"].code,
            "marking": cleaned["marking"],
            "description": cleaned["description"],
        }


class VersionForm(UploadForm):
    """One file that takes the place of a document; type, marking and description are there to be corrected."""

    submit = "Upload the new version"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].label = "The new version"
        self.fields["chosen"].error_messages["required"] = "Choose the file"

    def clean_chosen(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["chosen"]
        if len(files) != 1:
            raise forms.ValidationError("Choose one file: a document has one new version at a time")
        return files


class ReasonForm(Form):
    """A page that asks why before it does something."""

    reason = forms.CharField(
        label="Reason", widget=forms.Textarea, help_text="It stands in the case’s history: no names."
    )

    def __init__(self, *args: Any, submit: str, warning: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit, self.warning = submit, warning  # type: ignore[misc]
