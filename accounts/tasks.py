"""What the room tidies up by itself every hour."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.db import connection

from core import clock


@shared_task
def clear_sessions() -> None:
    """Forget sessions that ran out, what was said of them, and rate limits that have passed."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_cache WHERE expires < %s", [clock.now()])
