"""What is sealed is of no use to who reads a copy of the database."""

import pytest
from cryptography.fernet import InvalidToken

from core.sealed import SealedTextField, seal, unseal


def test_a_text_comes_back_and_cannot_be_read_in_between():
    """Only the purpose that sealed it opens it."""
    sealed = seal("Canary Merriweather", purpose="one")
    assert "Canary" not in sealed
    assert unseal(sealed, purpose="one") == "Canary Merriweather"
    with pytest.raises(InvalidToken):
        unseal(sealed, purpose="another")


def test_a_former_secret_key_still_opens(settings):
    """A secret key may be changed while the former one is kept as a fallback."""
    sealed = seal("kept", purpose="one")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "new" * 20
    with pytest.raises(InvalidToken):
        unseal(sealed, purpose="one")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(sealed, purpose="one") == "kept"
    assert unseal(seal("new", purpose="one"), purpose="one") == "new"


def test_the_field_seals_for_the_database_and_opens_from_it():
    """The same text is sealed differently each time, so nothing can be compared."""
    field = SealedTextField()
    first, second = field.get_prep_value("A name"), field.get_prep_value("A name")
    assert first != second
    assert "A name" not in first
    assert field.from_db_value(first, None, None) == "A name"
    assert field.get_prep_value("") == ""
    assert field.get_lookup("icontains") is None
