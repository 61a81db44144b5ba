"""A form that somebody else overtook, given back with both texts put together."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.forms import Form, Restored
from rapid_reviews.clashes import Clash, clash_of
from rapid_reviews.workflow import ConflictError


def overtaken(
    form: Form, conflict: ConflictError, *, mine: Mapping[str, Any], long: Sequence[str]
) -> tuple[Clash, Restored]:
    """What the page shows, and what its boxes hold, not checked before its author has read it.

    Saving again replaces, knowingly, the version that stands now.
    """
    labels = {name: str(field.label) for name, field in form.fields.items() if name in mine and field.label}
    clash = clash_of(conflict.saved, mine, version=form.cleaned_data["version"], labels=labels, long=long)
    data = form.data.copy()
    for name, text in clash.merged.items():
        data[name] = text
    data["version"] = str(conflict.saved.version)
    return clash, Restored(data.urlencode())
