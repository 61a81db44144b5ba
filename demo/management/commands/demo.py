from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo import people
from demo.build import build, is_built
from panel.models import User
from referrals.models import Referral


class Command(BaseCommand):
    help = "Build an invented partnership with cases in every state, relative to today. Never in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production installation, so no demonstration is built in it.")
        if is_built():
            self.stdout.write("The demonstration is there already. script/server --fresh begins anew.")
            return
        if Referral.objects.exists() or User.objects.exists():
            raise CommandError("There are people or cases here already, so no demonstration is put among them.")
        build(timezone.now())
        self.stdout.write(f"Built an invented partnership with {Referral.objects.count()} cases.")
        self.stdout.write(f"Sign in as {people.address('business.manager')} with the password {people.PASSWORD}.")
