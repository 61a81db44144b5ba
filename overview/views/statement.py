from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, for everybody. Its contact is the address that the service's mails come from."""
    return render(request, "overview/accessibility.html", {"contact": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]})
