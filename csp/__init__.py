"""Settings, root addresses, Celery and WSGI: composition only."""

from csp.celery import app as celery_app

__all__ = ["celery_app"]
