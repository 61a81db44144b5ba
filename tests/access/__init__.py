"""The access matrix: for every URL of ours, what each kind of person gets.

Each app with URLs has `tests/<app>/access.py` with

    ROWS = {"referrals:referral-history": Row(lambda w: {"reference": w.referral.reference},
            business_manager=200, chair=200, member=200, deputy=200, partner=200, scrutineer=200,
            invited=200, walled=404, outsider=404, anonymous=302)}

    def build(world): ...      # optional: add what the rows need to the world, e.g. world.referral = …

`build` is called once, in the order of the floors, so a higher app finds what a lower one built. Drive the
real workflow in it. In a case, the world's `walled` is conflicted and `invited` has an invitation;
`contributor` is an invited representative of other cases. Tests may not change the world: each request is rolled back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from panel.models import User
from tests.cast import Cast

RELATIONS = (
    "business_manager",
    "chair",
    "member",
    "deputy",
    "partner",
    "scrutineer",
    "invited",
    "walled",
    "outsider",
    "anonymous",
)


@dataclass
class World:
    """The cast and what `build` functions add: world.referral, world.rapid_review, world.report, …"""

    cast: Cast
    now: datetime
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(f"the world has no {name!r}: an app's tests/<app>/access.py build() adds it") from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in {"cast", "now", "things"}:
            object.__setattr__(self, name, value)
        else:
            self.things[name] = value

    def person(self, relation: str) -> User | None:
        """Who stands for a relation; nobody for "anonymous"."""
        if relation == "anonymous":
            return None
        person: User = self.cast.partner_la if relation == "partner" else getattr(self.cast, relation)
        return person


def nothing(world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class _Expected:
    """Status by relation; a row leaves none out."""

    business_manager: int
    chair: int
    member: int
    deputy: int
    partner: int
    scrutineer: int
    invited: int
    walled: int
    outsider: int
    anonymous: int


@dataclass(frozen=True)
class Row(_Expected):
    """One URL: how to reverse it (`kwargs(world)`), how to ask, and the status for each relation."""

    kwargs: Callable[[World], Mapping[str, Any]] = nothing
    method: str = field(default="get", kw_only=True)
    data: Mapping[str, Any] | Callable[[World], Mapping[str, Any]] | None = field(default=None, kw_only=True)
    query: str = field(default="", kw_only=True)  # "?page=2"


def everybody(status: int, *, anonymous: int = 302) -> dict[str, int]:
    """`Row(**everybody(200))`: the same for all who are signed in."""
    return dict.fromkeys(RELATIONS[:-1], status) | {"anonymous": anonymous}
