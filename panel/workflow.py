"""Changes to people and memberships. All are the business manager's, save what a person does to their own account."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.utils import timezone

from audit.workflow import record
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from notifications.workflow import queue
from panel import emails
from panel.models import Agency, KeptForm, Membership, User
from panel.permissions import Permission, check
from panel.roles import Role

NEVER_KEPT = ("csrfmiddlewaretoken", "save", "later")
LONGEST_KEPT, LONGEST_PATH = 300_000, 300  # characters
MOST_KEPT = 30  # forms of one person
KEPT_FOR = timedelta(days=7)


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)


def _check(by: User | None, now: datetime) -> None:
    if by is not None:
        check(by, Permission.CONFIGURE, on=timezone.localdate(now))


def end_sessions(person: User) -> int:
    """Sign `person` out everywhere, now. Sessions name their user only inside: a few hundred rows are looked at."""
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    return Session.objects.filter(pk__in=theirs).delete()[0]


@workflow
def add_person(*, person: User, by: User | None, now: datetime) -> User:
    """Save a new person, who cannot sign in yet, and invite them. `by` None: the command line."""
    _check(by, now)
    person.email = person.email.lower()
    person.set_unusable_password()
    person.save()
    record("person.added", by=by, obj=person, person=str(person))
    return invite(person=person, by=by, now=now)


@workflow
def invite(*, person: User, by: User | None, now: datetime) -> User:
    """Send `person` a link to choose a password. The links of earlier invitations end with it."""
    _check(by, now)
    return _send_invitation(person, by=by, now=now)


def _send_invitation(person: User, *, by: User | None, now: datetime) -> User:
    person = _locked(person)
    if not person.is_active:
        raise WorkflowError(f"{person} is not active. Make the account active first.")
    if person.has_usable_password():
        raise WorkflowError(
            f"{person} has chosen a password already. They can use “Forgotten your password?” on the sign-in page."
        )
    person.invited_at = now
    person.save(update_fields=["invited_at"])
    record("person.invited", by=by, obj=person, person=str(person))
    queue(emails.invitation(person), key=f"invitation:{person.pk}:{now.isoformat()}", to=person)
    return person


@workflow
def add_representative(*, name: str, email: str, agency: Agency, by: User, now: datetime) -> User:
    """Somebody of an agency who may be invited to cases, in one step: the account, its invitation, the role.

    For those who invite to cases, which gives no more than the role does: on its own it opens no case. An account
    that is there already keeps its name and agency; WorkflowError where its owner needs no invitation or may not sign
    in. Theirs already: quiet.
    """
    today = timezone.localdate(now)
    check(by, Permission.MANAGE_ACCESS, on=today)
    name, email = " ".join(name.split()), email.strip().lower()
    if not name or not email:
        raise WorkflowError("Enter the name and the work e-mail address.")
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User(email=email, name=name)
        person.set_unusable_password()
        person.save()
        record("person.added", by=by, obj=person, person=str(person))
        person = _send_invitation(person, by=by, now=now)
    roles = person.roles_on(today)
    if not person.is_active:
        raise WorkflowError(f"The account of {person} is not active. The business manager can make it active.")
    if roles - {Role.INVITED}:
        raise WorkflowError(f"{person} has a role on or beside the Panel already, so no invitation is needed.")
    if Role.INVITED not in roles:
        membership = Membership(user=person, role=Role.INVITED, agency=agency, from_date=today)
        membership.save()
        record("membership.added", by=by, obj=membership, **_spoken(membership))
        person = User.objects.get(pk=person.pk)  # its roles were read before
    return person


@workflow
def switch_off_representative(*, person: User, by: User, now: datetime) -> bool:
    """What an invited representative was invited for is over: nobody signs in with the account any more.

    Called by the app above, which knows that nothing else is left for them here. Whoever has another role, or may use
    the admin site, keeps the account; False then. Off already: quiet. The business manager can switch it on again.
    """
    person = _locked(person)
    if not person.is_active or person.is_superuser or person.roles_on(timezone.localdate(now)) - {Role.INVITED}:
        return False
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    record("person.switched_off", by=None, obj=person, person=str(person))
    return True


@workflow
def accept_invitation(*, person: User, password: str, now: datetime) -> User:
    """Set the first password. A second try with the same link finds it spent."""
    person = _locked(person)
    if person.has_usable_password():
        raise WorkflowError("This invitation was used already. Sign in with the password you chose.")
    if not person.is_active:
        raise WorkflowError("This account is not active. Ask the business manager.")
    person.set_password(password)
    person.save(update_fields=["password"])
    record("person.accepted", by=person, obj=person)
    return person


@workflow
def change_person(*, person: User, changed: list[str], by: User, now: datetime) -> User:
    """Save the fields `changed` (names) of `person`. Becoming inactive signs them out everywhere at once."""
    _check(by, now)
    if not changed:
        return person
    before = _locked(person)
    if "is_active" in changed and person.pk == by.pk:
        raise WorkflowError("You cannot make your own account inactive. Another business manager can.")
    if "email" in changed:
        person.email = person.email.lower()
        EmailAddress.objects.filter(user=person).delete()  # the library's copy would still open the account
        queue(emails.address_changed(), key=f"address-changed:{person.pk}:{now.isoformat()}", address=before.email)
    person.save(update_fields=changed)
    if before.is_active and not person.is_active:
        end_sessions(person)
        record("person.deactivated", by=by, obj=person, person=str(person))
    elif person.is_active and not before.is_active:
        record("person.reactivated", by=by, obj=person, person=str(person))
    others = [str(f.verbose_name) for f in User._meta.fields if f.name in changed and f.name != "is_active"]
    if others:
        record("person.changed", by=by, obj=person, person=str(person), fields=", ".join(others))
    return person


@workflow
def reset_second_factor(*, person: User, by: User, now: datetime) -> User:
    """Remove every authenticator of `person` (a lost telephone), sign them out and tell them."""
    _check(by, now)
    person = _locked(person)
    if person.pk == by.pk:
        raise WorkflowError("You cannot remove your own second step here. Use “Your account”.")
    removed, _ = Authenticator.objects.filter(user=person).delete()
    if not removed:
        return person
    end_sessions(person)
    record("person.second_factor_reset", by=by, obj=person, person=str(person))
    queue(emails.second_factor_reset(), key=f"second-factor-reset:{person.pk}:{now.isoformat()}", to=person)
    return person


def _spoken(membership: Membership) -> dict[str, Any]:
    until = f" until {membership.until_date:%-d %B %Y}" if membership.until_date else ""
    return {
        "person": str(membership.user),
        "role": membership.get_role_display(),
        "agency": str(membership.agency),
        "period": f"from {membership.from_date:%-d %B %Y}{until}",
    }


@workflow
def save_membership(*, membership: Membership, by: User | None, now: datetime) -> Membership:
    """Add or change a membership. The table's own constraints keep one chair, one deputy each."""
    _check(by, now)
    if by is not None and membership.user_id == by.pk:
        raise NotPermitted("You cannot change your own roles. Another business manager can.")
    verb = "membership.changed" if membership.pk else "membership.added"
    membership.save()
    record(verb, by=by, obj=membership, **_spoken(membership))
    return membership


def forget_expired_sessions(*, now: datetime) -> int:
    """Delete the sessions that ended before `now`; returns how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


@workflow
def keep_typed(*, person: User, path: str, typed: QueryDict, now: datetime) -> KeptForm | None:
    """Keep what `person` typed into the form at `path`, over what was kept of it before. Too much text: None."""
    kept = typed.copy()
    for name in NEVER_KEPT:
        kept.pop(name, None)
    text = kept.urlencode()
    if len(text) > LONGEST_KEPT or len(path) > LONGEST_PATH:
        return None
    row, _ = KeptForm.objects.update_or_create(person=person, path=path, defaults={"typed": text, "kept_at": now})
    surplus = KeptForm.objects.filter(person=person).values_list("pk", flat=True)[MOST_KEPT:]
    KeptForm.objects.filter(pk__in=list(surplus)).delete()
    return row


@workflow
def forget_typed(*, person: User, path: str) -> None:
    """The form at `path` was saved, or its author threw the text away."""
    KeptForm.objects.of(person, path).delete()


@workflow
def forget_old_typed(*, now: datetime) -> int:
    """Delete what nobody came back for; returns how many."""
    return KeptForm.objects.filter(kept_at__lt=now - KEPT_FOR).delete()[0]
