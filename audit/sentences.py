"""How events read. Each app registers the sentences of its own verbs in `AppConfig.ready()`."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_sentences: dict[str, str] = {}

READ = "case.read"
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def register(sentences: Mapping[str, str]) -> None:
    """Add sentences by verb: {"referral.screened": "{actor} screened the case: {outcome}."}.

    Placeholders are `actor`, `text` and the keys of the event's details. A verb has one sentence: a second,
    different one is a ValueError.
    """
    for verb, sentence in sentences.items():
        if _sentences.setdefault(verb, sentence) != sentence:
            raise ValueError(f"The verb {verb!r} has a sentence already: {_sentences[verb]!r}.")


def registered() -> Mapping[str, str]:
    return _sentences


def write(verb: str, *, actor: str, text: str, details: Mapping[str, Any]) -> str:
    """The sentence for one event. History must stay readable, so an unknown verb or a missing detail is no error."""
    sentence = _sentences.get(verb)
    if sentence is not None:
        try:
            told = {name: _spoken(value) for name, value in details.items()}
            return sentence.format_map({**told, "actor": actor, "text": text}).strip()
        except (KeyError, IndexError, AttributeError, ValueError):
            pass  # written by an older version of the app, with other details
    words = verb.replace(".", " ").replace("_", " ").replace("-", " ")
    return f"{actor}: {words}. {text}".strip()


def _spoken(value: Any) -> Any:
    """A date as details keep it ("2026-11-09") as people say it ("9 November 2026"); all else as it is."""
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        return value
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"


register({READ: "{actor} read the case."})
