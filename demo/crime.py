"""Street crime: the areas are loaded, and an officer sends in what the police have published.

No row is invented: these are the real files that ship with the application.
"""

import datetime

from django.core.files.base import ContentFile

from demo.partnership import Cast
from demo.telling import on
from figures.workflow import areas, sending

PUBLISHED = datetime.date(2025, 11, 27)
ARCHIVE = areas.FACTS / "street-crime.zip"


def send_in(cast: Cast) -> None:
    """Nine months of Kent and one of the British Transport Police; then the same by mistake."""
    areas.load()
    archive = ARCHIVE.read_bytes()
    for day in (PUBLISHED, PUBLISHED + datetime.timedelta(days=5)):
        with on(day, 11):
            file = ContentFile(archive, "kent-january-to-september-2025.zip")
            sending.send_in(cast.partnership, file=file, by=cast.people["rowan"])
            sending.read_waiting()
