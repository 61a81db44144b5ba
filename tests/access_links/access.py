"""Links are open to whoever holds them; signed in or not makes no difference."""

from tests.access import Row, everybody
from tests.access_links.factories import make_link, register


def build(world):
    register()
    _, world.link_token = make_link(world.now, address="somebody.invented@agency.example")


ROWS = {
    "access_links:link": Row(lambda w: {"token": w.link_token}, **everybody(200, anonymous=200)),
    "access_links:keep-alive": Row(method="post", **everybody(200, anonymous=200)),
    "access_links:code": Row(lambda w: {"token": w.link_token}, **everybody(200, anonymous=200)),
}
