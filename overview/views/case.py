from django.http import Http404, HttpRequest, HttpResponse


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case on one screen."""
    raise Http404(reference)
