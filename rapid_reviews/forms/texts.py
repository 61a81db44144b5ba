"""What forms with long texts share."""

from core.forms import Form
from rapid_reviews.merging import CLOSE, OPEN, has_marks


def plain(text: str) -> str:
    """As it is kept: browsers send carriage returns that nobody typed."""
    return text.replace("\r\n", "\n")


def no_marks(form: Form, *names: str) -> None:
    """For `clean`: the marks of a merge page must have been put together."""
    for name in names:
        if has_marks(form.cleaned_data.get(name) or ""):
            form.add_error(
                name,
                f"Both of you changed the same part: keep what belongs between the marks {OPEN} {CLOSE}, and take the "
                "marks out",
            )
