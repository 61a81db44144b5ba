from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """People get an account by the business manager's invitation; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
