from panel.models import User


def lock(person: User) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
