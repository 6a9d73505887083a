"""Which pictures serve as a portrait, and what is made of them."""

import io

import pytest
from PIL import Image, ImageFile

from services.pledge.portrait import rules


def picture(size: tuple[int, int] = (300, 300), kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P")]
)
def test_a_picture_becomes_a_small_jpeg_of_the_frame_s_shape(kind: str, mode: str) -> None:
    """R-070: 公示党员形象照"""
    made = Image.open(io.BytesIO(rules.made(picture((900, 400), kind, mode))))
    assert (made.format, made.size) == ("JPEG", rules.SIZE)


def test_what_else_the_file_carried_is_gone() -> None:
    """R-070: neither the place nor the camera of a photo is kept."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    Image.new("RGB", (300, 300)).save(out, "JPEG", exif=exif)
    assert b"SECRETCAMERA" in out.getvalue()
    made = rules.made(out.getvalue())
    assert b"SECRETCAMERA" not in made
    assert not Image.open(io.BytesIO(made)).getexif()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", rules.PortraitMissing),
        (b"%PDF-1.7", rules.NotAPortrait),
        (b"<svg onload=alert(1)>", rules.NotAPortrait),
        (picture(kind="GIF"), rules.NotAPortrait),
        (picture((99, 300)), rules.NotAPortrait),
        (picture()[:60], rules.NotAPortrait),
        (bytes(rules.MOST_BYTES + 1), rules.PortraitTooLarge),
    ],
)
def test_a_picture_is_judged_by_its_content(content: bytes, refusal: type[Exception]) -> None:
    """R-070"""
    with pytest.raises(refusal):
        rules.made(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_refused_also_where_others_have_asked_for_halves(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-070: the library keeps that wish for the whole process, and our PDF library states it."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = picture(kind=kind)
    with pytest.raises(rules.NotAPortrait):
        rules.made(whole[: len(whole) * 2 // 3])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_a_small_file_that_unpacks_to_a_giant_is_refused() -> None:
    with pytest.raises(rules.NotAPortrait):
        rules.made(picture((9000, 9000), mode="1"))
