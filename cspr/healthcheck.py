"""python -m cspr.healthcheck: exit code 0 if the web server of this machine says it is well. For Docker."""

import os
import sys
from urllib.request import Request, urlopen


def main() -> int:
    """Asks under the first of ALLOWED_HOSTS: a site answers to no other name."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    request = Request(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz/", headers={"Host": host})
    try:
        with urlopen(request, timeout=5) as response:  # noqa: S310 - our own address
            return 0 if response.status == 200 else 1
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
