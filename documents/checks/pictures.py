"""PNG and JPEG pictures: one picture of a size that can be shown."""

import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image

MOST_PIXELS = 50_000_000  # an A3 page scanned at 600 dots per inch has 70 million; at 400, 31


def look(content: bytes, kind: Any) -> None:
    """Read the picture's own measure, without unpacking it, and its structure."""
    try:
        with Image.open(io.BytesIO(content), formats=(kind.mark,)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise ValidationError(
                    f"The picture is {width:,} by {height:,} pixels. Make it smaller", "pixels"
                )
            picture.verify()
    except Image.DecompressionBombError:
        raise ValidationError("The picture is too large. Make it smaller", "pixels") from None
    except ValidationError:
        raise
    except Exception:
        # A damaged file makes Pillow raise whatever its parser stumbles over, IndexError included.
        raise ValidationError("The picture is damaged. Save it again", "damaged") from None
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError("The file is two kinds of file at once. Save the picture anew", "two")
