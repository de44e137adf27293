"""Files on their way in: kept on disk up to the limit, counted beyond it, never held in memory."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes little more than ``UPLOAD_LIMIT`` to disk, yet the form learns how much was sent."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Drop what comes after the limit: the form will refuse the file by its size."""
        if start <= settings.UPLOAD_LIMIT:
            super().receive_data_chunk(raw_data, start)
