from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from notifications import catalogue


def catalogue_page(request: HttpRequest) -> HttpResponse:
    """Every mail that the system can send, for everybody who is signed in."""
    return render(request, "notifications/catalogue.html", {"entries": catalogue.entries()})
