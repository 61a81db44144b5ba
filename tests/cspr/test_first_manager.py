"""A new installation's first person comes in by the same invitation as everybody after them."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from notifications.models import Message
from panel.models import User
from panel.people import holders
from panel.roles import Role

ADA = ("ada@agency.example", "Ada Example", "Example Borough Council")


def test_the_first_manager_is_invited_and_is_the_only_first(db, capsys):
    call_command("first_manager", *ADA)
    assert capsys.readouterr().out == (
        "Ada Example is the business manager; the invitation is on its way to ada@agency.example.\n"
    )
    ada = User.objects.get(email="ada@agency.example")
    assert list(holders(Role.BUSINESS_MANAGER, on=timezone.localdate())) == [ada]
    assert not ada.has_usable_password()
    assert Message.objects.get().recipient == ada
    with pytest.raises(CommandError, match="There is a business manager already"):
        call_command("first_manager", "bryn@agency.example", "Bryn Sample", "Example Borough Council")
    assert User.objects.count() == 1


def test_a_bad_address_makes_nobody(db):
    with pytest.raises(CommandError, match="valid email address"):
        call_command("first_manager", "not an address", *ADA[1:])
    assert not User.objects.exists()
