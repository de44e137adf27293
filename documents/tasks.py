"""What this room does by itself: look every night whether the published record is as it was."""

import logging

from celery import shared_task

from documents import queries

logger = logging.getLogger("csp.publications")


@shared_task
def verify_publications() -> int:
    """Hash every published PDF again. Logs an error for each that has changed; gives how many."""
    changed = 0
    for publication in queries.changed_publications():
        logger.error("publication-changed %s", publication.pk)
        changed += 1
    return changed
