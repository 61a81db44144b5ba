from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def board(request: HttpRequest) -> HttpResponse:
    """Every running clock that the signed-in person may see."""
    return render(request, "overview/board.html")
