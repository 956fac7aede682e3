"""What people upload: images are decoded and written anew, documents must be what they say."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

HEAD = 8192
_ZIPPED = frozenset({"docx", "key", "odp", "ods", "odt", "pptx", "xlsx", "zip"})
_BEGINNINGS = {"pdf": b"%PDF-", "rtf": b"{\\rtf"}


def rewritten(file: BinaryIO) -> bytes:
    """The picture alone: no place, camera, comments or anything hidden behind it.

    Its size must have been checked before. Raises ValueError or OSError for a damaged one.
    """
    with Image.open(file) as image:
        kind, profile = image.format, image.info.get("icc_profile")
        options: dict[str, Any] = {"icc_profile": profile} if profile else {}
        out = BytesIO()
        if getattr(image, "n_frames", 1) > 1:
            _write_frames(image, out, kind, options)
            return out.getvalue()
        plain = _without_extras(ImageOps.exif_transpose(image))
        if kind in ("JPEG", "WEBP", "AVIF"):
            options["quality"] = 90
        plain.save(out, format=kind, **options)
    return out.getvalue()


def _write_frames(image: Image.Image, out: BytesIO, kind: str, options: dict[str, Any]) -> None:
    """All frames with their times; they share the budget of pixels."""
    frames, times = [], []
    for frame in ImageSequence.Iterator(image):
        times.append(int(frame.info.get("duration", 100)))
        frames.append(_without_extras(frame.convert("RGBA")))
    options |= {"save_all": True, "append_images": frames[1:], "duration": times}
    frames[0].save(out, format=kind, loop=int(image.info.get("loop", 0)), **options)


def _without_extras(image: Image.Image) -> Image.Image:
    """A copy of the pixels, with transparency and nothing else of what came along."""
    image.load()
    copy = image.copy()
    kept = ("transparency",)
    copy.info = {name: value for name, value in image.info.items() if name in kept}
    return copy


def is_what_it_says(file: BinaryIO, name: str) -> bool:
    """True when the content fits the ending of ``name``."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if ending in _ZIPPED:
        fits = zipfile.is_zipfile(file)
        file.seek(0)
        return fits
    if ending in _BEGINNINGS:
        return _BEGINNINGS[ending] in head[:1024]
    return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


class ImageUploadForm(BaseImageForm):
    """Wagtail's form, which has checked kind, size and pixels when this one decodes."""

    def _clean_fields(self) -> None:
        # Wagtail's own field opens the file too, and lets what goes wrong there pass.
        try:
            super()._clean_fields()
        except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
            self.add_error("file", _("This image is damaged and cannot be opened."))

    def clean_file(self) -> Any:
        """A new file with the same picture."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        file.seek(0)
        return SimpleUploadedFile(file.name, rewritten(file), file.content_type)


class DocumentUploadForm(BaseDocumentForm):
    """Wagtail's form, and a look into the file."""

    def clean_file(self) -> Any:
        """The file, unless its name promises something else."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and not is_what_it_says(file, file.name):
            raise ValidationError(_("The content of this file does not fit its name."))
        return file
