"""A person's own filters of the log."""

from urllib.parse import parse_qsl, urlencode

from actions.models import SavedFilter
from actions.workflow.base import words
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User

MOST = 20


@workflow
def save_filter(*, name: str, query: str, by: User) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it."""
    name = words(name, "Give the filter a name.")[:60]
    kept = urlencode([(key, value) for key, value in parse_qsl(query) if key != "page"])
    if not kept:
        raise WorkflowError("Nothing is filtered, so there is nothing to keep. Choose a filter first.")
    mine = SavedFilter.objects.visible_to(by)
    if mine.exclude(name=name).count() >= MOST:
        raise WorkflowError(f"You have {MOST} saved filters. Remove one first.")
    saved: SavedFilter = SavedFilter.objects.update_or_create(person=by, name=name, defaults={"query": kept[:500]})[0]
    return saved


@workflow
def remove_filter(*, saved: SavedFilter, by: User) -> None:
    """Throw one's own filter away. Gone already: quiet."""
    SavedFilter.objects.visible_to(by).filter(pk=saved.pk).delete()
