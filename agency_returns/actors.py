"""Who answers: somebody by link, without an account, or a signed-in member of the agency."""

from dataclasses import dataclass

from panel.models import User


@dataclass(frozen=True)
class Actor:
    """A name and a work address; `user` where the person is signed in."""

    name: str
    address: str
    user: User | None = None

    def label(self, agency: object) -> str:
        """As kept with what the person wrote: "Kit Invented, Inventshire Hospital Trust"."""
        return f"{self.name}, {agency}"


def member(user: User) -> Actor:
    return Actor(user.name, user.email.lower(), user)
