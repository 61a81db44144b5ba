from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC = "/published/"


class WithoutCookiesMiddleware:
    """The public pages know nobody: whatever cookie a browser sends is not read, and none is set.

    Stands before sessions, sign-in and CSRF: somebody signed in reads these pages as a stranger does, so a shared cache
    may keep them, and a visit neither prolongs a session nor leaves a trace of who it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PUBLIC):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.__dict__.pop("COOKIES", None)  # a cached property: read anew from what is left
        response = self.get_response(request)
        response.cookies.clear()
        kept = [
            name.strip() for name in response.headers.get("Vary", "").split(",") if name.strip().lower() != "cookie"
        ]
        response.headers["Vary"] = ", ".join(filter(None, kept))
        if not response.headers["Vary"]:
            del response.headers["Vary"]
        return response
