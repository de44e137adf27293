"""What runs every hour leaves only what still counts."""

import datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from accounts import tasks
from core import clock

pytestmark = pytest.mark.django_db


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache")
        return cursor.fetchone()[0]


def test_forgets_what_has_run_out(hazel, ash, password_client):
    password_client(hazel)
    cache.set("short", 1, 60)
    with time_machine.travel(clock.now() + datetime.timedelta(hours=9)):
        client = password_client(ash)
        cache.set("long", 1, 60)

        tasks.clear_sessions()

        assert [each.user for each in UserSession.objects.all()] == [ash]
        assert Session.objects.count() == 1
        assert cache.get("long") == 1
        assert client.get(reverse("accounts:profile")).status_code == 200
    assert cache.get("short") is None


def test_beat_calls_it_by_its_name():
    from csp.celery import app

    names = {each["task"] for each in app.conf.beat_schedule.values()}
    assert {tasks.clear_sessions.name, "audit.tasks.verify_chains"} <= names
