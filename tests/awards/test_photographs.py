"""Photographs are drawn anew: nothing but the picture of an upload is kept."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image, ImageFile, PngImagePlugin

from awards.photographs import LONGEST_SIDE, draw_anew
from tests.awards.pictures import (
    BLUE,
    MAKER,
    RED,
    bomb,
    exif,
    image,
    jpeg,
    png,
    upload,
    written,
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def opened(drawn):
    return Image.open(io.BytesIO(drawn.content))


def is_near(pixel, colour):
    return all(abs(one - other) < 30 for one, other in zip(pixel[:3], colour, strict=True))


def refusal(content, name="ảnh.jpg"):
    with pytest.raises(ValidationError) as refused:
        draw_anew(upload(content, name))
    return refused.value.message_dict["image"][0]


# --- what is kept


def test_place_owner_and_comment_do_not_survive():
    content = jpeg(exif=exif(), comment=b"Ghi chu rieng")
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    drawn = draw_anew(upload(content))
    assert (drawn.content_type, drawn.width, drawn.height) == ("image/jpeg", 60, 40)
    assert not opened(drawn).getexif()
    for hidden in (MAKER.encode(), b"Exif", b"Ghi chu rieng"):
        assert hidden in content
        assert hidden not in drawn.content


def test_what_stands_in_a_png_beside_the_picture_does_not_survive():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "ba Binh")
    content = png(exif=exif(), pnginfo=notes, icc_profile=b"a profile of its own")
    drawn = draw_anew(upload(content, "ảnh.png"))
    assert drawn.content_type == "image/png"
    for mark in (b"eXIf", b"tEXt", b"iCCP"):
        assert mark in content
        assert mark not in drawn.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("orientation", "size", "top_left"),
    [(1, (60, 40), RED), (3, (60, 40), BLUE), (6, (40, 60), RED), (8, (40, 60), BLUE)],
)
def test_a_picture_stands_upright_as_the_camera_was_held(kind, orientation, size, top_left):
    name = "ảnh.jpg" if kind == "JPEG" else "ảnh.png"
    drawn = draw_anew(upload(written(image(), kind, exif=exif(orientation)), name))
    assert (drawn.width, drawn.height) == size == opened(drawn).size
    assert is_near(opened(drawn).convert("RGB").getpixel((3, 3)), top_left)


@pytest.mark.parametrize(
    ("given", "kept"),
    [((4000, 3000), (2000, 1500)), ((1000, 2500), (800, 2000)), ((2000, 10), (2000, 10))],
)
def test_no_side_is_longer_than_allowed(given, kept):
    assert LONGEST_SIDE == 2000
    drawn = draw_anew(upload(jpeg(*given)))
    assert (drawn.width, drawn.height) == kept == opened(drawn).size


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA"])
def test_any_png_stays_a_png(mode):
    drawn = draw_anew(upload(png(mode=mode), "ảnh.png"))
    assert opened(drawn).format == "PNG"
    assert opened(drawn).size == (60, 40)


def test_transparency_of_a_png_stays():
    clear = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
    drawn = draw_anew(upload(written(clear, "PNG"), "ảnh.png"))
    assert opened(drawn).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_for_the_press_becomes_one_for_the_screen(mode):
    drawn = draw_anew(upload(written(image(mode=mode))))
    assert opened(drawn).mode in ("L", "RGB")


# --- what is refused, in words at the field


def test_a_small_file_of_very_many_pixels_is_refused():
    assert len(bomb()) < 1000
    assert "too many pixels" in refusal(bomb(), "ảnh.png")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    assert "too many pixels" in refusal(bomb(9_000, 9_000), "ảnh.png")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "ảnh.jpg"),
        (b"%PDF-1.7\n%%EOF\n", "ảnh.png"),
        (b"%PDF-1.7\n%%EOF\n", "giấy.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ảnh.svg"),
        (b"GIF89a" + b"\0" * 40, "ảnh.gif"),
    ],
)
def test_anything_but_a_photograph_is_refused(content, name):
    assert "choose a JPG or PNG file" in refusal(content, name)


def test_a_picture_under_the_name_of_another_kind_is_refused():
    assert "choose a JPG or PNG file" in refusal(png(), "ảnh.jpg")


def test_a_page_hidden_behind_the_first_bytes_of_a_picture_is_refused():
    assert "damaged" in refusal(jpeg()[:20] + b"\0" * 2000 + b"<script>alert(1)</script>")


@pytest.mark.parametrize(("content", "name"), [(jpeg(300, 300), "a.jpg"), (png(300, 300), "a.png")])
@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_file_cut_off_on_its_way_is_refused(content, name, share, monkeypatch):
    # As WeasyPrint leaves it, once a paper has been printed by the same process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert "damaged or incomplete" in refusal(content[: int(len(content) * share)], name)


def test_an_empty_file_is_refused():
    assert "empty" in refusal(b"")
