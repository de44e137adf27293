"""Lines of logs without the secrets that addresses hold: feeds, invitations, private links.

Who reads a log must not be able to follow somebody's calendar or to take up an invitation. What
is searched for stays out of it too, for it may be a name.
"""

import logging
import re

_SECRETS = re.compile(r"(/(?:calendar|unsubscribe|invitation|reset|mine)/)[^/\s?]{8,}")
_SEARCH = re.compile(r"\?[^\s\"]*")


def without_secrets(text: str) -> str:
    """A line, or an address, in which secrets are dots and a query is cut off."""
    return _SEARCH.sub("?…", _SECRETS.sub(r"\1…", text))


class WithoutSecrets(logging.Filter):
    """For handlers: takes the secrets out of what is logged with an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, mended."""
        if record.name.startswith("django.") and isinstance(record.args, tuple):
            record.args = tuple(
                without_secrets(each) if isinstance(each, str) else each for each in record.args
            )
        return True
