"""An officer at the page of one item, who types without end, and the page's script that saves.

It keeps to the script's protocol (``static/js/minutes.js``): the page's key and version go with
each text, and what had no answer goes again as it was. A single typist never meets a conflict.
"""

import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from tests.world import PASSWORD

PATIENCE = 10  # seconds, as the script's


class Typist:
    """Writes one word more each time, and remembers what the page has called saved."""

    def __init__(self, address: str, path: str) -> None:
        self.address, self.path = address, path
        self.browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self.text = ""
        self.typed = [""]  # every text there has ever been, in order
        self.saved = 0  # which of them the page called saved last
        self.unanswered: int | None = None  # which was sent without an answer
        self.tries = 0

    def sign_in(self, email: str) -> None:
        self.open("/accounts/login/")
        self.send("/accounts/login/", login=email, password=PASSWORD)
        self.fields = self.open(self.path)

    def open(self, path: str) -> dict[str, str]:
        """The hidden fields of a page, and its text."""
        page = self.browser.open(self.address + path, timeout=PATIENCE).read().decode()
        fields = {}
        for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
            named = dict(re.findall(r"(name|value)=\"([^\"]*)\"", tag))
            fields.setdefault(named.get("name", ""), named.get("value", ""))
        self.token = fields["csrfmiddlewaretoken"]
        return fields

    def send(self, path: str, **fields: str) -> bytes:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return self.browser.open(self.address + path, body, timeout=PATIENCE).read()

    # ---- as the script does ---------------------------------------------------------------------

    def type(self) -> None:
        """One word more, and one try to save: what had no answer goes first, as it was."""
        self.text += f"word {len(self.typed)} "
        self.typed.append(self.text)
        if self.unanswered is None or self.save(self.unanswered):
            self.save(len(self.typed) - 1)

    def save(self, number: int) -> bool:
        """Whether the server answered, and what it said."""
        self.unanswered = number
        try:
            answer = self.send(
                f"{self.path}saved/", version=self.fields["version"], page=self.fields["page"],
                keys_known="1", keys="on", text=self.typed[number],
            )  # fmt: skip
        except urllib.error.HTTPError as refused:
            if refused.code < 500:
                raise
        except (OSError, http.client.HTTPException):
            pass
        else:
            self.fields["version"] = json.loads(answer)["version"]
            self.unanswered, self.saved = None, number
        self.tries += 1
        return self.unanswered is None
