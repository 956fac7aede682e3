"""Tests: like development, in memory and with a directory of its own."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, SEARCH

SECRET_KEY = "tests-only-" + "x" * 50
_scratch = Path(tempfile.mkdtemp(prefix="learning-gate-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
DATA_DIR = _scratch
MEDIA_ROOT = _scratch / "media"
STATIC_ROOT = _scratch / "static"
SEARCH = SEARCH | {"INDEX_DIR": _scratch / "search", "COUNT": False}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = str(_scratch / "portal.sqlite3")
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
ALLOWED_HOSTS = ["*"]
