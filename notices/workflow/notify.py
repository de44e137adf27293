"""Hand a mail to GOV.UK Notify, over its REST interface.

Notify wants a token of our own making (JSON Web Token, HS256) and a template of the service with
the two places ``((subject))`` and ``((body))``: docs.notifications.service.gov.uk/rest-api.html
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from notices.workflow.answers import Down, Later, Refused
from notices.workflow.letters import Letter

TIMEOUT = 20  # seconds
KEY = 36  # a key ends with the service's and its own UUID, of so many characters each


def send(letter: Letter) -> None:
    """Hand one over. Raises ``Refused``, ``Later`` or ``Down``."""
    body = {
        "email_address": letter.to,
        "template_id": settings.NOTIFY_TEMPLATE_ID,
        "personalisation": {"subject": letter.subject, "body": letter.text},
        "reference": letter.message_id,
        "one_click_unsubscribe_url": letter.unsubscribe,
    }
    request = urllib.request.Request(  # noqa: S310 - the address is the installation's own
        f"{settings.NOTIFY_API_URL}/v2/notifications/email",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {token(settings.NOTIFY_API_KEY, int(time.time()))}",
            "Content-Type": "application/json",
        },
    )
    try:
        urllib.request.urlopen(request, timeout=TIMEOUT).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        raise _answer(error.code, said(error.read())) from error
    except (OSError, http.client.HTTPException) as error:
        raise Down(f"GOV.UK Notify cannot be reached. {error}"[:300]) from error


def _answer(code: int, words: str) -> Exception:
    problem = f"{code} {words}"[:300]
    if code == 400:
        return Refused(problem)
    return Down(problem) if code in {401, 403, 429} else Later(problem)


def said(body: bytes) -> str:
    """The messages of an answer that is an error."""
    try:
        errors = json.loads(body)["errors"]
        return " ".join(str(each["message"]) for each in errors)
    except (ValueError, KeyError, TypeError):
        return "The answer was not understood."


def token(key: str, now: int) -> str:
    """A JSON Web Token for a key such as ``name-<service's UUID>-<secret UUID>``."""
    service, secret = key[-2 * KEY - 1 : -KEY - 1], key[-KEY:]
    signed = ".".join(
        _encoded(json.dumps(part, separators=(",", ":")).encode())
        for part in ({"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": now})
    )
    signature: Any = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_encoded(signature)}"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
