"""No line of a log holds what would let its reader in somewhere."""

import logging

import pytest

from core.logs import WithoutSecrets, without_secrets

KEY = "uZq8_4secretsecretsecret"


@pytest.mark.parametrize(
    "address",
    [
        f"/calendar/{KEY}.ics", f"/calendar/{KEY}/duties.ics", f"/notices/unsubscribe/{KEY}/",
        f"/accounts/invitation/{KEY}/", f"/accounts/password/reset/1a-{KEY}/",
        f"/dartford/mine/{KEY}/", f"/dartford/mine/{KEY}/question/name/",
        f"/dartford/public/search/?q={KEY}",
    ],
)  # fmt: skip
def test_the_secret_of_an_address_is_left_out(address):
    assert KEY not in without_secrets(f"GET {address} HTTP/1.1")


@pytest.mark.parametrize("address", ["/dartford/calendar/2026/", "/accounts/password/reset/sent/"])
def test_other_addresses_stay_as_they_are(address):
    assert without_secrets(address) == address


def test_what_django_says_of_a_missing_page_is_mended(client, db, caplog):
    caplog.handler.addFilter(WithoutSecrets())
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get(f"/calendar/{KEY}.ics")

    assert "Not Found: /calendar/…" in caplog.text
    assert KEY not in caplog.text
