"""Which pictures serve as a portrait, and the small JPEG that is made of one."""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from PIL import Image, ImageFile, ImageOps

from shared.errors import Invalid, NotFound, TooLarge

MOST_BYTES = 2 * 2**20
LEAST, SIZE = 100, (480, 660)
"""The frame on the 岗位牌 is 48 × 66 mm."""
MOST_PIXELS = 40_000_000
KEPT_AFTER_LEAVING = timedelta(days=30)
"""Who was entered as having left by mistake, and comes back within it, need not upload the picture again."""
_ALONE = threading.Lock()


class NoPortrait(NotFound):
    """还没有上传照片。"""


class PortraitMissing(Invalid):
    """请选择要上传的照片。"""


class NotAPortrait(Invalid):
    """照片请上传 JPEG 或 PNG 图片，长宽都不少于100像素。"""


class PortraitTooLarge(TooLarge):
    """照片太大，最多 2 MB。"""


def made(content: bytes) -> bytes:
    """Make the JPEG that is printed: cut to the frame, without whatever else the file carried.

    Raises `PortraitMissing`, `PortraitTooLarge`, `NotAPortrait`.
    """
    if not content:
        raise PortraitMissing
    if len(content) > MOST_BYTES:
        raise PortraitTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _jpeg(content)
    except NotAPortrait:
        raise
    except Exception as error:
        # A damaged picture makes its decoder stumble in ways that none of them names.
        raise NotAPortrait from error


def _jpeg(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as given:
        if min(given.size) < LEAST or given.width * given.height > MOST_PIXELS:
            raise NotAPortrait
        with _whole():
            given.load()
        upright = ImageOps.exif_transpose(given).convert("RGB")
    out = io.BytesIO()
    ImageOps.fit(upright, SIZE).save(out, "JPEG", quality=88)
    return out.getvalue()


@contextmanager
def _whole() -> Iterator[None]:
    """Take no picture whose end is missing: WeasyPrint, once it is loaded, has the library paint the rest grey."""
    with _ALONE:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
