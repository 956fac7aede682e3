"""Development and `make run`: SQLite, the embedded search engine, nothing else needed."""

from .base import *  # noqa: F403
from .base import DATA_DIR, MIDDLEWARE, SECRET_KEY, env

DEBUG = env.bool("DEBUG", default=False)
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)


def _own_key() -> str:
    """A random key kept beside the data, so that sessions survive a restart."""
    import secrets

    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = SECRET_KEY or _own_key()
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# Static files are compressed as they are asked for; production has them compressed beforehand.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DEMO_LMS_URL = env.str("DEMO_LMS_URL", default="")
