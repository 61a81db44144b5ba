"""Who may open the panel app's pages: everybody their own account, everybody the link of an invitation."""

from datetime import time, timedelta

from django.utils import timezone

from panel.meetings import plan_meeting
from panel.outlets import why_not
from tests.access import Row, everybody

BAD_INVITATION = {"uidb64": "MQ", "token": "not-a-token"}

READERS = everybody(200) | {"invited": 403, "outsider": 403}
LEADERS = everybody(403) | {"business_manager": 200, "chair": 200}


def build(world):
    """One meeting that lies ahead."""
    day = next(
        day for day in (timezone.localdate(world.now) + timedelta(days=n) for n in range(1, 30)) if not why_not(day)
    )
    world.meeting = plan_meeting(on=day, at=time(9, 30), place="Room 1", by=world.cast.business_manager, now=world.now)


def one(world):
    return {"pk": world.meeting.pk}


ROWS = {
    "panel:meeting-list": Row(**READERS),
    "panel:meeting-plan": Row(**LEADERS),
    "panel:meeting-move": Row(one, **LEADERS),
    "panel:meeting-cancel": Row(one, **LEADERS),
    "panel:meeting-hold": Row(one, method="post", **LEADERS | {"business_manager": 302, "chair": 302}),
    "panel:account": Row(**everybody(200)),
    "panel:keep-alive": Row(**everybody(200), method="post"),
    "panel:typed-keep": Row(**everybody(404), method="post"),
    "panel:typed-throw-away": Row(**everybody(404), method="post"),
    "panel:invitation-accept": Row(lambda world: BAD_INVITATION, **everybody(200, anonymous=200)),
    "panel:email-fixed": Row(**everybody(302)),
    "panel:password-fixed": Row(**everybody(302)),
}
