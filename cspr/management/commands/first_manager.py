"""The first person of a new installation: nobody can sign up, and only a business manager invites."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from core.errors import WorkflowError
from panel import workflow
from panel.models import Agency, Membership, User
from panel.people import holders
from panel.roles import Role


class Command(BaseCommand):
    help = "Make the first business manager and mail them their invitation. Refuses where there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("agency", help="the agency that employs them; made if it is not there")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        if holders(Role.BUSINESS_MANAGER, on=today).exists():
            raise CommandError("There is a business manager already; they invite everybody else in the admin site.")
        agency, _ = Agency.objects.get_or_create(
            name=options["agency"], defaults={"short_name": options["agency"][:60]}
        )
        person = User(email=options["email"], name=options["name"])
        membership = Membership(user=person, role=Role.BUSINESS_MANAGER, agency=agency, from_date=today)
        try:
            person.full_clean(exclude=["password"])
            workflow.add_person(person=person, by=None, now=now)
            workflow.save_membership(membership=membership, by=None, now=now)
        except (ValidationError, WorkflowError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"{person.name} is the business manager; the invitation is on its way to {person.email}.")
