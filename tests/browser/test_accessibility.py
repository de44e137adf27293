"""Every page and its states in a browser: axe finds nothing, nothing overflows, nothing is blocked.

axe-core looks with the rules of WCAG 2.2 A and AA and its own best practices. A normal run looks at
each page as the person it is for, and measures contrast once for each look that text has; with
``--all`` everybody of the demonstration looks at each, on a telephone too, and at every text.
"""

import datetime
import os
from collections.abc import Callable
from contextlib import contextmanager

import time_machine
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from core.clock import london
from demo.people import PEOPLE
from demo.queries import email_of
from tests.browser import pages
from tests.browser.axe import Axe
from tests.browser.pages import CHAIR, FIRE, NOBODY, OFFICER, SECURED, UNSIGNED
from tests.matrix.test_matrix import patterns
from tests.world import PASSWORD

ALL = os.environ.get("CSP_TEST_ALL") == "1"
EVERYBODY = [NOBODY, *(each.key for each in PEOPLE if each.shows)]
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}
ON_A_TELEPHONE = {  # in a normal run too: these differ there
    "dashboards:home", "meetings:detail", "meetings:minutes", "actions:list", "membership:people",
}  # fmt: skip
NINE, TEN = datetime.time(9), datetime.time(10)

UNFOLD = "document.querySelectorAll('details').forEach(it => { it.open = true; })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SKELETON = """document.body.outerHTML
  .replace(/>[^<]+</g, ">words<")
  .replace(/ value="[^"]*"/g, "")"""
SEND_EMPTY = """() => {
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const form = forms.reduce((a, b) => (b.elements.length > a.elements.length ? b : a));
  form.noValidate = true;
  for (const field of form.elements) {
    if (["hidden", "submit", "button"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = -1;
    else field.value = "";
  }
  form.requestSubmit();
}"""


class Walk:
    """Looks at pages in one browser, and notes every fault under page and persona."""

    def __init__(self, browser, address: str, story: pages.Story) -> None:
        self.browser, self.address, self.story = browser, address, story
        self.axe = Axe(every_text=ALL)
        self.faults: list[str] = []
        self.looked = 0
        self.skeletons: set[str] = set()

    @contextmanager
    def signed_in(self, persona: str):
        """A page in a browser of this person's own; every word on its console is kept."""
        context = self.browser.new_context(viewport=DESK, locale="en-GB", reduced_motion="reduce")
        self.axe.enter(context)
        if persona:
            cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": self.session(persona)}
            context.add_cookies([{**cookie, "url": self.address}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: self.complain(page, said))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        context.close()

    def session(self, persona: str) -> str:
        user, client = self.story.people[persona], Client()
        user.refresh_from_db()
        if user.has_usable_password():
            client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
            client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        else:
            client.force_login(user)
        if persona == SECURED:
            self.story.secure()
        return client.session.session_key

    @staticmethod
    def complain(page: Page, said) -> None:
        """To the console an answer of 404 is an error; to us only where a page asked for it."""
        if said.type != "error" or "status of 409" in said.text:
            return
        if "Failed to load resource" not in said.text or said.location["url"] != page.url:
            page.complaints.append(f"{said.text} ({said.location['url']})")

    def visit(self, page: Page, persona: str, name: str, *words: str) -> None:
        """Open a page of the tables, which must be there, and look at it."""
        title = " ".join([name, *words])
        path = self.story.path(name, *words)
        answer = page.goto(self.address + path)
        if answer.status != 200 or page.url != self.address + path:
            self.fault(persona, title, f"answered {answer.status} at {page.url}")
        self.look(page, persona, title)

    def look(self, page: Page, persona: str, title: str) -> None:
        """Note everything that is wrong with the page as it stands."""
        self.looked += 1
        if ALL:
            self.skeletons.add(page.evaluate(SKELETON))
        for said in page.complaints:
            self.fault(persona, title, f"console: {said}")
        page.complaints.clear()
        if (headings := page.locator("h1").count()) != 1:
            self.fault(persona, title, f"{headings} h1")
        page.evaluate(UNFOLD)
        self.examine(page, persona, title)
        page.set_viewport_size(TELEPHONE)
        if (over := page.evaluate(TOO_WIDE)) > 0:
            self.fault(persona, title, f"{over} px too wide on a telephone")
        if ALL or title.split()[0] in ON_A_TELEPHONE:
            self.examine(page, persona, f"{title}, on a telephone,")
        page.set_viewport_size(DESK)

    def examine(self, page: Page, persona: str, title: str) -> None:
        for broken in self.axe.violations(page):
            for node in broken["nodes"]:
                self.fault(persona, title, f"{broken['id']}: {' '.join(map(str, node['target']))}")

    def fault(self, persona: str, title: str, words: str) -> None:
        self.faults.append(f"{title} as {persona or 'nobody'}: {words}")

    # ---- one moment of the story ----------------------------------------------------------------

    def walk(self, table) -> None:
        """Every page of a table, by the person it is for; with ``--all`` by everybody."""
        for persona in dict.fromkeys(line[1] for line in table):
            with self.signed_in(persona) as page:
                for name, whose, *words in table:
                    if whose == persona:
                        self.visit(page, persona, name, *words)
        for persona in EVERYBODY if ALL else ():
            others = {(name, *words) for name, whose, *words in table if whose != persona}
            self.walk_as(persona, sorted(others))

    def walk_as(self, persona: str, others) -> None:
        """What somebody meets at addresses that are not theirs, unless others met the same."""
        with self.signed_in(persona) as page:
            for name, *words in others:
                page.goto(self.address + self.story.path(name, *words))
                if page.evaluate(SKELETON) not in self.skeletons:
                    self.look(page, persona, " ".join([name, *words]))
                page.complaints.clear()

    def state(self, persona: str, title: str, reach: Callable[[Page], None]) -> None:
        """Bring a page into a state, and look at it."""
        with self.signed_in(persona) as page:
            reach(page)
            self.look(page, persona, title)

    def go(self, page: Page, name: str, *words: str) -> None:
        page.goto(self.address + self.story.path(name, *words))

    # ---- states ---------------------------------------------------------------------------------

    def send_empty(self, table) -> None:
        """Forms sent with nothing in them say what is missing."""
        for persona in dict.fromkeys(line[1] for line in table):
            with self.signed_in(persona) as page:
                for name, whose, *words in table:
                    if whose != persona:
                        continue
                    title = f"{' '.join([name, *words])} sent empty"
                    self.go(page, name, *words)
                    with page.expect_navigation():
                        page.evaluate(SEND_EMPTY)
                    if not page.locator(".govuk-error-summary").count():
                        self.fault(persona, title, "has no error summary")
                    self.look(page, persona, title)

    def send_twice(self, field: str, *page_of) -> None:
        """The same form sent from two tabs: the second meets what the first one saved."""
        title = f"{' '.join(page_of)} sent from two tabs"
        with self.signed_in(OFFICER) as page:
            other = page.context.new_page()
            for tab in (page, other):
                self.go(tab, *page_of)
            for tab, words in ((other, "First words of the other tab"), (page, "Other words")):
                tab.locator(f"main [name={field}]").fill(words)
                with tab.expect_navigation() as answer:
                    form = tab.locator(f"main form:has([name={field}])")
                    form.locator("button:not([type=button])").first.click()
            if answer.value.status != 409:
                self.fault(OFFICER, title, "is no conflict")
            self.look(page, OFFICER, title)


EMPTY_FORMS = [
    ("account_login", NOBODY),
    ("account_reset_password", NOBODY),
    ("accounts:invitation", NOBODY, "token"),
    ("account_change_password", OFFICER),
    ("accounts:details", OFFICER),
    ("mfa_activate_totp", OFFICER),
    ("membership:invite", OFFICER),
    ("membership:agency_add", OFFICER),
    ("membership:group_add", OFFICER),
    ("membership:seat_add", OFFICER, "board"),
    ("membership:sign", OFFICER, "agreement"),
    ("membership:protocol_add", OFFICER, "board"),
    ("membership:representation_report", OFFICER, "contact"),
    ("documents:sharing_record_add", OFFICER),
    ("documents:open_to", OFFICER, "restricted"),
    ("documents:version_add", OFFICER, "document"),
    ("actions:add", OFFICER, "board"),
    ("actions:drop", OFFICER, "moved"),
    ("actions:move", OFFICER, "moved"),
    ("meetings:schedule", OFFICER, "board"),
    ("meetings:item_add", OFFICER, "coming"),
    ("meetings:paper_add", OFFICER, "coming", "item"),
    ("meetings:cancel", OFFICER, "coming"),
    ("meetings:move_date", OFFICER, "coming"),
    ("meetings:say", FIRE, "coming"),
]


# ---- states that no address has -----------------------------------------------------------------


def refused_sign_in(walk: Walk, page: Page) -> None:
    walk.go(page, "account_login")
    page.get_by_label("Email address").fill(email_of(OFFICER))
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(".govuk-error-summary").wait_for()


def code_wanted(walk: Walk, page: Page) -> None:
    walk.go(page, "account_login")
    page.get_by_label("Email address").fill(email_of(SECURED))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/second-factor/code/")


def asked_too_often(walk: Walk, page: Page) -> None:
    for _ in range(6):
        walk.go(page, "account_reset_password")
        page.get_by_label("Email address").fill(email_of(FIRE))
        with page.expect_navigation() as answer:
            page.locator("main form button").first.click()
    assert answer.value.status == 429


def page_too_old(walk: Walk, page: Page) -> None:
    walk.go(page, "account_reset_password")
    page.context.clear_cookies()
    page.get_by_label("Email address").fill(email_of(FIRE))
    with page.expect_navigation() as answer:
        page.locator("main form button").first.click()
    assert answer.value.status == 403


def saved(walk: Walk, page: Page) -> None:
    walk.go(page, "accounts:details")
    page.locator("main form button").first.click()
    page.get_by_text("Your details were saved").wait_for()


def answers(status: int, name: str, *words: str) -> Callable[[Walk, Page], None]:
    def go(walk: Walk, page: Page) -> None:
        assert page.goto(walk.address + walk.story.path(name, *words)).status == status

    return go


def broken(template: str, status: int) -> Callable[[Walk, Page], None]:
    """A page that only a fault of ours brings, in the place of one of the site's."""

    def go(walk: Walk, page: Page) -> None:
        address, body = f"{walk.address}/broken/", render_to_string(template)
        page.route(
            address,
            lambda route: route.fulfill(status=status, content_type="text/html", body=body),
        )
        page.goto(address)

    return go


STATES = [
    ("a wrong password", NOBODY, refused_sign_in),
    ("a code wanted after the password", NOBODY, code_wanted),
    ("asked too often", NOBODY, asked_too_often),
    ("a form that is too old", NOBODY, page_too_old),
    ("a link for a new password", NOBODY,
     answers(200, "account_reset_password_from_key", "fern’s", "key")),
    ("an invitation that is over", NOBODY, answers(410, "accounts:invitation", "not-a-token")),
    ("nothing there, signed out", NOBODY, answers(404, "documents:publication", "nothing")),
    ("nothing there", OFFICER, answers(404, "meetings:detail", "nothing")),
    ("not theirs", FIRE, answers(403, "membership:settings")),
    ("a paper kept shut", UNSIGNED, answers(403, "documents:file", "restricted", "1")),
    ("an item kept shut", UNSIGNED, answers(403, "meetings:item", "coming", "restricted item")),
    ("a request that makes no sense", NOBODY, broken("400.html", 400)),
    ("a fault of ours", NOBODY, broken("500.html", 500)),
    ("saved", OFFICER, saved),
]  # fmt: skip


def test_every_page_is_looked_at_or_has_a_reason_not_to_be():
    readable = {name for name, view in patterns() if "GET" in view.policy}
    tables = [*pages.BEFORE, *pages.DURING, *pages.AFTER]

    assert {line[0] for line in tables} | pages.NOT_A_PAGE.keys() == readable


def test_what_is_wrong_with_a_page_is_found(browser):
    walk = Walk(browser, "", None)
    with walk.signed_in(NOBODY) as page:
        page.set_content(
            "<html lang=en><title>Planted</title><main><img src='data:,'><p style='width: 500px'>"
            "Wide<p style='color: #bbb'>Pale<script>console.error('said')</script></main>"
        )
        walk.look(page, NOBODY, "planted")

    found = "\n".join(walk.faults)
    for fault in (
        "image-alt: img",
        "color-contrast: p",
        "too wide on a telephone",
        "0 h1",
        "console: said",
    ):
        assert fault in found


def test_text_is_measured_again_where_it_looks_otherwise(browser):
    walk = Walk(browser, "", None)
    walk.axe = Axe()
    around = "<html lang=en><title>Planted</title><main {}><h1>Planted</h1><p class=like {}>Words"
    with walk.signed_in(NOBODY) as page:
        for inside, outside in (
            ("", ""),
            ("style='color: #bbb'", ""),
            ("", "style='background: #333'"),
        ):
            page.set_content(around.format(outside, inside))
            walk.examine(page, NOBODY, inside or outside or "like")

    assert {fault.split(" as ")[0] for fault in walk.faults} == {
        "style='color: #bbb'", "style='background: #333'",
    }  # fmt: skip


def test_axe_finds_nothing_on_any_page(browser, live_server, transactional_db, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 366 * 24 * 60 * 60
    with time_machine.travel(london(pages.TODAY, NINE), tick=True):
        walk = Walk(browser, live_server.url, pages.Story())
        walk.walk(pages.BEFORE)
        walk.send_empty(EMPTY_FORMS)
        for title, persona, reach in STATES:
            walk.state(persona, title, lambda page, reach=reach: reach(walk, page))
        walk.send_twice("title", "meetings:item_change", "coming", "item")
        walk.send_twice("purpose", "membership:group_change", "board")
        walk.send_twice("text", "actions:update", "moved")
        walk.send_twice("what", "documents:sharing_record_change", "line")
    with time_machine.travel(london(walk.story.coming.on, TEN), tick=True):
        walk.story.hold()
        walk.walk(pages.DURING)
        walk.send_twice("text", "meetings:minutes", "coming", "number")
        walk.send_twice("text", "meetings:decision_change", "coming", "decision")
        walk.story.finish()
        walk.walk(pages.AFTER)
        walk.send_empty([("meetings:return", CHAIR, "coming")])

    with capsys.disabled():
        print(f"\n{walk.looked} pages and states looked at, {len(walk.faults)} faults")
    assert not walk.faults, "\n".join(walk.faults)
