"""Signing in with a passkey, which only a browser can do, and what is left without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.world import PASSWORD, person


@pytest.fixture
def hazel(transactional_db):
    return person("Hazel Okafor")


@pytest.fixture
def security_key(page):
    """A device that makes passkeys and whose owner always agrees."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device


def sign_in(page, address, user):
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign out").first.wait_for()


def has_no_faults(page):
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found] == []
    assert page.locator("h1").count() == 1


def test_a_passkey_is_added_and_signs_in_by_itself(page, live_server, hazel, security_key):
    address = live_server.url
    sign_in(page, address, hazel)
    page.goto(f"{address}/accounts/second-factor/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    has_no_faults(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    has_no_faults(page)

    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    page.goto(f"{address}/accounts/login/?next=/accounts/second-factor/passkeys/")
    has_no_faults(page)
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_role("heading", name="Your passkeys").wait_for()
    assert page.get_by_role("cell", name="Work laptop", exact=True).is_visible()


def test_a_passkey_that_is_refused_says_so(page, live_server, transactional_db, security_key):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("The passkey was not used.").wait_for()
    has_no_faults(page)


def test_without_script_a_password_is_enough(browser, live_server, hazel):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0

    page.get_by_label("Email address").fill(hazel.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{live_server.url}/accounts/second-factor/")

    assert page.get_by_role("heading", name="Second factor").is_visible()
    context.close()
