"""Celery: the worker's tasks and beat's timetable. It only wakes what the database holds."""

import os

from celery import Celery
from celery.schedules import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csp.settings")

app = Celery("csp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A tick that nobody took in time is worth nothing: the next one does all that it would have.
    "tick": {
        "task": "notices.tasks.tick",
        "schedule": schedule(60),
        "options": {"expires": 55},
    },
    "make-packs": {"task": "meetings.tasks.make_packs", "schedule": schedule(60)},
    "make-editions": {"task": "assessments.tasks.make_editions", "schedule": schedule(60)},
    "make-dossiers": {"task": "triggers.tasks.make_dossiers", "schedule": schedule(60)},
    "read-crime-files": {"task": "figures.tasks.read_crime_files", "schedule": schedule(60)},
    "clear-sessions": {"task": "accounts.tasks.clear_sessions", "schedule": schedule(3600)},
    "verify-audit": {"task": "audit.tasks.verify_chains", "schedule": schedule(86_400)},
    "verify-publications": {
        "task": "documents.tasks.verify_publications",
        "schedule": schedule(86_400),
    },
}
