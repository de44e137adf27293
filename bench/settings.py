"""The application as in production, without what a proxy and a build add: HTTPS, hashed names."""

from csp.settings import *  # noqa: F403
from csp.settings import STORAGES

ROOT_URLCONF = "bench.urls"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
