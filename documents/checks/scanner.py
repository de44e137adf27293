"""The virus scanner (ClamAV), where the installation has one: ``SCANNER=clamav://host:port``."""

import io
import logging
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket
from django.conf import settings
from django.core.exceptions import ValidationError

logger = logging.getLogger("csp.scanner")

PATIENCE = 30  # seconds
AWAY = (
    "The virus scanner is not answering, so the file was not taken. Nothing else is lost: try "
    "again in a few minutes"
)


def in_use() -> bool:
    """Whether files are scanned here; where not, the pages say so."""
    return settings.SCANNER != "none"


def scanned(content: bytes) -> bool:
    """True when the scanner found nothing, False when there is none.

    Raises ``ValidationError`` when it found something, and when it does not answer: a file that
    nobody could look at is not taken.
    """
    if not in_use():
        return False
    address = urlsplit(settings.SCANNER)
    client = ClamdNetworkSocket(address.hostname or "", address.port or 3310, PATIENCE)
    try:
        state, found = client.instream(io.BytesIO(content)).get("stream", ("ERROR", ""))
    except (ClamdError, OSError, ValueError) as failed:
        logger.error("scanner-away", extra={"failure": type(failed).__name__})
        raise ValidationError(AWAY, "scanner away") from failed
    if state == "FOUND":
        logger.error("virus-found", extra={"found": found})
        says = "The virus scanner found something in the file. It was not taken; tell your IT team"
        raise ValidationError(says, "virus")
    if state != "OK":
        raise ValidationError(AWAY, "scanner away")
    return True
