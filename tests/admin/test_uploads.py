"""Uploads are decoded, cleaned and refused with a sentence when they are not what they say."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from home.models import PortalDocument, PortalImage


def picture(kind="JPEG", size=(120, 80), **options):
    """The bytes of a small picture with a mark in its upper left corner."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    out = BytesIO()
    image.save(out, format=kind, **options)
    return out.getvalue()


def upload_image(client, name, content, kind="image/jpeg"):
    form = {"title": "Şəkil", "collection": 1, "file": SimpleUploadedFile(name, content, kind)}
    return client.post(reverse("wagtailimages:add"), form)


def upload_document(client, name, content):
    form = {"title": "Sənəd", "collection": 1, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("wagtaildocs:add"), form)


@pytest.fixture
def editor(academy, sign_in):
    return sign_in("editor", academy)


def refused(response, model):
    return response.status_code == 200 and not model.objects.exists()


def test_an_image_loses_where_and_with_what_it_was_taken(editor):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture(exif=exif.tobytes(), comment=b"SecretComment")
    assert b"SecretCamera" in content
    assert upload_image(editor, "photo.jpg", content).status_code == 302
    stored = PortalImage.objects.get().file.read()
    assert b"SecretCamera" not in stored
    assert b"SecretComment" not in stored
    with Image.open(BytesIO(stored)) as image:
        assert image.size == (120, 80)
        assert not image.getexif()


def test_an_image_taken_on_its_side_stands_upright(editor):
    exif = Image.Exif()
    exif[0x0112] = 6
    upload_image(editor, "photo.jpg", picture(exif=exif.tobytes()))
    image = PortalImage.objects.get()
    assert (image.width, image.height) == (80, 120)


def test_what_hides_behind_an_image_is_gone(editor):
    content = picture("PNG") + b"<script>alert(1)</script>"
    upload_image(editor, "photo.png", content, "image/png")
    assert b"<script>" not in PortalImage.objects.get().file.read()


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "AVIF", "JPEG"])
def test_each_kind_of_image_stays_what_it_is(kind, editor):
    upload_image(editor, f"photo.{kind.lower()}", picture(kind), f"image/{kind.lower()}")
    with Image.open(PortalImage.objects.get().file) as image:
        assert image.format == kind


def test_a_moving_image_keeps_moving(editor):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    frames[0].save(out, format="GIF", save_all=True, append_images=frames[1:], duration=200)
    upload_image(editor, "moving.gif", out.getvalue(), "image/gif")
    with Image.open(PortalImage.objects.get().file) as image:
        assert image.n_frames == 3


def test_sixty_megapixels_are_refused_with_a_sentence(editor):
    out = BytesIO()
    Image.new("1", (10_000, 6_000)).save(out, format="PNG")
    assert len(out.getvalue()) < 1_000_000
    response = upload_image(editor, "huge.png", out.getvalue(), "image/png")
    assert refused(response, PortalImage)
    assert "40000000" in str(response.context["form"].errors["file"])


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", SVG),
        ("x.svg", SVG.replace(b"<script>alert(1)</script>", b"")),
        ("x.png", SVG),
        ("x.jpg", picture("PNG")),
        ("x.jpg", picture()[:400]),
        ("x.jpg", b"not an image"),
        ("x.jpg", b""),
        ("x.html", b"<script>alert(1)</script>"),
        ("x.php.png", b"<?php"),
    ],
)
def test_what_is_no_proper_image_is_refused_with_a_sentence(name, content, editor):
    response = upload_image(editor, name, content)
    assert refused(response, PortalImage)
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("name", ["../../../etc/evil.png", "..\\..\\evil.png", "/etc/evil.png"])
def test_a_name_that_leads_elsewhere_stays_in_the_folder(name, editor):
    upload_image(editor, name, picture("PNG"), "image/png")
    stored = PortalImage.objects.get().file.name
    assert stored.startswith("original_images/")
    assert ".." not in stored
    assert "etc" not in stored


def zipped():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n..."),
        ("a.docx", zipped()),
        ("a.csv", "ad;kod\nŞəki;1\n".encode()),
        ("a.txt", "Mətn".encode("utf-16")),
        ("a.vtt", b"WEBVTT\n"),
    ],
)
def test_a_document_is_offered_as_a_download_and_never_opened_in_place(name, content, editor):
    assert upload_document(editor, name, content).status_code == 302
    document = PortalDocument.objects.get()
    response = Client().get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.docx", b"MZ\x90\x00"),
        ("a.zip", b"Rar!"),
        ("a.csv", b"\x7fELF\x00\x00"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.html", b"<html></html>"),
        ("a.svg", SVG),
        ("a.pdf.js", b"%PDF-1.7"),
        ("a.pdf", b""),
    ],
)
def test_a_document_that_is_something_else_is_refused(name, content, editor):
    response = upload_document(editor, name, content)
    assert refused(response, PortalDocument)
    assert response.context["form"].errors["file"]


def test_translators_upload_nothing(academy, sign_in):
    client = sign_in("translator", academy)
    upload_image(client, "photo.jpg", picture())
    upload_document(client, "a.pdf", b"%PDF-1.7")
    assert not PortalImage.objects.exists()
    assert not PortalDocument.objects.exists()
