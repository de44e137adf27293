"""Ways in that are to stay shut, and the one way that must stay open."""

import threading

import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts import workflow as accounts
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from membership import workflow as membership
from membership.models import Role, Seat
from tests import world as worlds


def test_resetting_a_password_does_not_take_up_an_invitation(
    world, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invited, _ = accounts.invite(email="fern@example.test", name="Fern", by=world.officer)
    mail.outbox.clear()

    with time_machine.travel(clock.now() + accounts.INVITATION_LASTS * 2):
        Client().post(reverse("account_reset_password"), {"email": invited.email})

    assert not mail.outbox


def test_a_body_that_ends_never_takes_the_last_officer_with_it(transactional_db):
    world = worlds.build()
    other = worlds.seat(world.guest, world.secretariat, world.police, Role.OFFICER)

    def end_the_other():
        try:
            membership.end_seat(other, on=clock.today(), by=world.officer)
        except (Wrong, Refused):
            pass
        finally:
            connection.close()

    meanwhile = threading.Thread(target=end_the_other)
    with transaction.atomic():
        membership.succeed_agency(
            world.council, name="Dartford Council", on=clock.today(), by=world.officer
        )
        meanwhile.start()
        meanwhile.join(1)
    meanwhile.join()

    officers = Seat.objects.on(clock.today()).filter(group=world.secretariat, role=Role.OFFICER)
    assert officers.count() == 1
