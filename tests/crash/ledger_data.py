"""Whom the ledger's harness tells: the small partnership, in a database of its own."""

import django

django.setup()

from tests import world as worlds  # noqa: E402 - models need the settings that setup() has read

worlds.build()
