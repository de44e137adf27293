"""A person at a keyboard: finds things by their names, reaches them with Tab, presses Enter."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import Axe
from tests.world import PASSWORD

FAR = 400


class Hands:
    """One person's browser, used by the keyboard alone."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def visit(self, path: str) -> "Hands":
        """Type an address."""
        self.page.goto(self.address + path)
        return self

    def sign_in(self, person) -> "Hands":
        """Sign in with email address and password, or again after a long pause."""
        self.page.context.clear_cookies()
        self.visit("/accounts/login/")
        self.type("Email address", person.email)
        self.type("Password", PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("My work")
        return self

    def reach(self, found: Locator) -> Locator:
        """Press Tab until the thing has the focus; it must be reachable."""
        expect(found).to_have_count(1)
        for _ in range(FAR):
            if found.evaluate("it => it === document.activeElement"):
                return found
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{found} cannot be reached with Tab")

    def press(self, name: str, role: str = "button", exact: bool = True) -> "Hands":
        """Press a button, or follow a link, by its name."""
        main = self.page.locator("main")
        found = main.get_by_role(role, name=name, exact=exact).first
        self.reach(found)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def follow(self, name: str, exact: bool = True) -> "Hands":
        """Follow a link by its words."""
        return self.press(name, "link", exact)

    def type(self, label: str, words: str) -> "Hands":
        """Type into the field of that label, in place of what it holds."""
        self.reach(self.page.locator("main").get_by_label(label, exact=True).first)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)
        return self

    def choose(self, label: str, words: str) -> "Hands":
        """Choose from a list by typing the beginning of the choice."""
        field = self.reach(self.page.locator("main").get_by_label(label, exact=True).first)
        self.page.keyboard.type(words)
        chosen = field.evaluate("it => it.selectedOptions[0].text")
        assert chosen.startswith(words), f"{chosen!r} is chosen, not {words!r}"
        return self

    def tick(self, label: str) -> "Hands":
        """Tick a box with Space."""
        field = self.reach(self.page.locator("main").get_by_label(label, exact=True).first)
        if not field.is_checked():
            self.page.keyboard.press("Space")
        return self

    def pick(self, label: str) -> "Hands":
        """Choose a radio button: Tab reaches the group, arrows move within it."""
        field = self.page.locator("main").get_by_label(label, exact=True).first
        name = field.get_attribute("name")
        inside = f"document.activeElement.name === '{name}'"
        for _ in range(FAR):
            if self.page.evaluate(inside):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        while not field.is_checked():
            self.page.keyboard.press("ArrowDown")
            assert self.page.evaluate(inside), f"{label} cannot be reached with the arrows"
        return self

    def sees(self, words: str) -> "Hands":
        """The page says this."""
        expect(self.page.locator("main")).to_contain_text(words)
        return self

    def sees_not(self, words: str) -> "Hands":
        """The page does not say this anywhere, not even in its source."""
        assert words not in self.page.content()
        return self


class Thumbs(Hands):
    """Hands that can also say a date, and that look at each page before they go on."""

    axe: Axe

    def date(self, day, legend=""):
        """Fill in the three boxes of a date: the first of the page, or of that question."""
        main = self.page.locator("main")
        where = main.get_by_role("group", name=legend) if legend else main
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.reach(where.get_by_label(label, exact=True).first)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(str(value))
        return self

    def marks(self, beginning):
        """Choose the answer that begins with these words."""
        self.page.locator("main").get_by_role("radio", name=re.compile(f"^{beginning}")).check()
        return self

    def save(self):
        return self.press("Save and continue")

    def looks(self):
        """Nothing stands in anybody's way on this page, and nothing runs over its edge.

        At its end, where the bar with the way out lies over nothing.
        """
        self.page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        found = self.axe.violations(self.page)
        assert not [(each["id"], each["nodes"][0]["target"]) for each in found]
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not self.page.evaluate(wide), f"{self.page.url} is too wide"
        return self

    def heading(self, words):
        """The page that one is on."""
        heading = self.page.get_by_role("heading", level=1)
        assert words in heading.inner_text(), heading.inner_text()
        return self
