"""Who gets which of the pages that gather. The case of the world comes from tests/referrals/access.py."""

from tests.access import Row, everybody

SEERS = everybody(403) | {"business_manager": 200, "chair": 200}

ROWS = {
    "overview:see-as-choose": Row(**SEERS),
    "overview:see-as": Row(lambda world: {"pk": world.cast.walled.pk}, **SEERS),
    "overview:home": Row(**everybody(200)),
    "overview:calendar": Row(**everybody(200)),
    "overview:calendar-feed": Row(lambda world: {"token": "guessed"}, **everybody(404, anonymous=404)),
    "overview:accessibility": Row(**everybody(200, anonymous=200)),
    "overview:board": Row(
        business_manager=200, chair=200, member=200, deputy=200, partner=200, scrutineer=200,
        invited=404, walled=200, outsider=404, anonymous=302,
    ),
    "overview:case": Row(
        lambda world: {"reference": world.referral.reference},
        business_manager=200, chair=200, member=200, deputy=200, partner=200, scrutineer=200,
        invited=200, walled=404, outsider=404, anonymous=302,
    ),
}  # fmt: skip
