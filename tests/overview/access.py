"""Who gets which of the pages that gather. The case of the world comes from tests/referrals/access.py."""

from datetime import timedelta

from overview import workflow
from panel.models import User
from tests.access import Row, World, everybody

SEERS = everybody(403) | {"business_manager": 200, "chair": 200}

# Long enough for every clock of the world, whenever the tests run.
PERIOD = "?first_0=1&first_1=1&first_2=2000&last_0=31&last_1=12&last_2=2099"
READERS = {
    "business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
    "invited": 404, "walled": 200, "outsider": 404, "anonymous": 302,
}  # fmt: skip


def build(world: World) -> None:
    """Everything so far can be found; everybody had the home page open the day before."""
    for person in vars(world.cast).values():
        if isinstance(person, User):
            workflow.note_look(person=person, now=world.now - timedelta(days=1))
    workflow.read_documents(now=world.now)
    workflow.index_stale(now=world.now)


ROWS = {
    "overview:search": Row(query="?q=a", **READERS | {"invited": 200}),
    "overview:forecast": Row(**READERS),
    "overview:assurance": Row(query=PERIOD, **READERS),
    "overview:assurance-csv": Row(**READERS),
    "overview:see-as-choose": Row(**SEERS),
    "overview:see-as": Row(lambda world: {"pk": world.cast.walled.pk}, **SEERS),
    "overview:home": Row(**everybody(200)),
    "overview:calendar": Row(**everybody(200)),
    "overview:calendar-feed": Row(lambda world: {"token": "guessed"}, **everybody(404, anonymous=404)),
    "overview:accessibility": Row(**everybody(200, anonymous=200)),
    "overview:board": Row(**READERS),
    "overview:case": Row(
        lambda world: {"reference": world.referral.reference},
        business_manager=200, chair=200, member=200, deputy=200, partner=200, scrutineer=200,
        invited=200, walled=404, outsider=404, anonymous=302,
    ),
}  # fmt: skip
