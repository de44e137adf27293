"""GOV.UK Notify, played by a server of our own that checks what it is sent as Notify would.

Nobody has tried this against Notify itself: that needs a service and a key.
"""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from notices.models import Delivery, DeliveryState
from notices.workflow import ledger, sending
from tests.notices import duties as d
from tests.notices.duties import at
from tests.notices.sink import closed_port

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
NOW = at((3, 17), 9)


class StandIn(ThreadingHTTPServer):
    """Answers as it is told, 201 unless told otherwise."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked, self.answers = [], []


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind, token = self.headers["Authorization"].split()
        assert kind == "Bearer"
        self.server.asked.append((self.path, opened(token), body))
        code, said = self.server.answers.pop(0) if self.server.answers else (201, {"id": "1"})
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *args):
        pass


def opened(token):
    """The claims of a token, if its signature is right."""
    head, claims, signature = token.split(".")
    right = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert decoded(signature) == right
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "HS256"}
    return json.loads(decoded(claims))


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture
def notify(duties, settings, time_machine):
    time_machine.move_to(NOW, tick=False)
    server = StandIn()
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    settings.NOTIFY_API_KEY = f"dartford-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEMPLATE_ID = "f33517ff-2a88-4f6e-b855-c550268ce08a"
    settings.NOTIFY_API_URL = f"http://127.0.0.1:{server.server_port}"
    d.register((d.Rung(0, d.OFFICERS),), title="Duty due")
    d.turn(duties.partnership)
    ledger.materialise(NOW)
    yield server
    server.shutdown()
    server.server_close()


def test_a_mail_is_handed_over_as_notify_asks(notify, duties):
    assert sending.send(NOW) == 1

    ((path, claims, body),) = notify.asked
    assert path == "/v2/notifications/email"
    assert claims == {"iss": SERVICE, "iat": int(NOW.timestamp())}
    assert body["email_address"] == duties.officer.email
    assert body["template_id"] == "f33517ff-2a88-4f6e-b855-c550268ce08a"
    assert body["personalisation"]["subject"] == "Duty due: 17 March 2027"
    assert "A duty of Dartford" in body["personalisation"]["body"]
    assert body["reference"] == Delivery.objects.get().message_id
    assert "/notices/unsubscribe/" in body["one_click_unsubscribe_url"]


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (400, DeliveryState.REFUSED),
        (403, DeliveryState.WAITING),
        (429, DeliveryState.WAITING),
        (500, DeliveryState.WAITING),
    ],
)
def test_what_it_answers_is_kept(notify, code, state):
    notify.answers.append((code, {"errors": [{"error": "E", "message": "Not this one"}]}))
    assert sending.send(NOW) == 0

    delivery = Delivery.objects.get()
    assert delivery.state == state
    assert delivery.problem == f"{code} Not this one"


def test_an_answer_that_makes_no_sense_breaks_nothing(notify):
    notify.answers.append((500, "?"))
    assert sending.send(NOW) == 0
    assert "not understood" in Delivery.objects.get().problem


def test_notify_that_is_away_is_tried_again(notify, settings):
    settings.NOTIFY_API_URL = f"http://127.0.0.1:{closed_port()}"
    assert sending.send(NOW) == 0
    assert Delivery.objects.get().state == DeliveryState.WAITING
