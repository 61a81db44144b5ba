from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """What needs the signed-in person, by when."""
    return render(request, "overview/home.html")
