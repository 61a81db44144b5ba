import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspr.settings")

application = get_wsgi_application()
_ = get_resolver().url_patterns  # so that views are imported once, before gunicorn --preload forks
