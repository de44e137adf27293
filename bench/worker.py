"""One web process: asked on its input to render a page so many times, it answers what that took.

It calls Django's own handler as a web server does, with no server around it, so that a ratio is of
pages alone. Each line of its input and output is JSON. The clock stands still (``known.NOW``).
"""

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.urls import reverse

from bench.loading.known import NOW
from core import clock

Answer = dict[str, Any]


class Unmeasurable(Exception):
    """The page did not come, and why."""


class Site:
    """The application of the settings in force, and those who are signed in to it."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()
        self.cookies: dict[str, str] = {}

    def environ(self, route: str, args: list[str], query: str, who: str) -> Answer:
        """A request for a page, as a web server would hand it over."""
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": reverse(route, args=args),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html",
            "HTTP_USER_AGENT": "bench",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if who:
            environ["HTTP_COOKIE"] = self._cookie(who)
        return environ

    def get(self, environ: Answer) -> int:
        """Render it once; gives the bytes of the page. Raises ``Unmeasurable`` if it is no page."""
        said: list[str] = []
        response = self.application(dict(environ), lambda status, headers: said.append(status))
        size = sum(map(len, response))
        response.close()
        if not said[0].startswith("200"):
            raise Unmeasurable(f"{environ['PATH_INFO']} answers {said[0]}")
        return size

    def _cookie(self, who: str) -> str:
        """A session of this person, as signing in makes one."""
        if who not in self.cookies:
            user = get_user_model().objects.get(pk=who)
            session = import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            cookie = SimpleCookie({settings.SESSION_COOKIE_NAME: session.session_key})
            self.cookies[who] = cookie.output(header="", attrs=[]).strip()
        return self.cookies[who]


def describe(site: Site, environ: Answer) -> Answer:
    """The number of queries and the size of a page."""
    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    site.get(environ)  # the first rendering compiles templates and starts the session's clock
    with connection.execute_wrapper(note):
        size = site.get(environ)
    return {"queries": len(statements), "bytes": size, "statements": statements}


def seconds(site: Site, environ: Answer, times: int) -> Answer:
    """The processor time of so many renderings."""
    started = time.process_time()
    for _ in range(times):
        site.get(environ)
    return {"cost": time.process_time() - started}


def instructions(site: Site, environ: Answer, times: int) -> Answer:
    """Render in a copy of this process, whose instructions valgrind counts; gives its number."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        # Else one of a few renderings would pay for looking through all that was ever imported.
        gc.collect()
        gc.freeze()
        for _ in range(times):
            site.get(environ)
        os._exit(0)
    os.waitpid(child, 0)
    return {"process": child}


def answer(site: Site, asked: Answer) -> Answer:
    """Do what is asked."""
    environ = site.environ(asked["route"], asked["args"], asked["query"], asked["who"])
    if asked["what"] == "describe":
        return describe(site, environ)
    measure = {"seconds": seconds, "instructions": instructions}[asked["what"]]
    return measure(site, environ, asked["times"])


def main() -> None:
    """Answer until the input ends."""
    site = Site()
    for line in sys.stdin:
        try:
            said = answer(site, json.loads(line))
        except Exception as error:  # whoever measures says why
            said = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    with clock.told_at(NOW):
        main()
