"""``make screenshots``: ten key pages at two widths in two languages, of a fresh demo portal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.services.chromium import browser, why_not
from tests.services.process import free_port, running, scratch_folder, wait_until

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "screenshots"
LANGUAGES = ("az", "ru")
WIDTHS = {"phone": (360, 740), "desk": (1280, 900)}


def addresses(language: str, variables: dict[str, str]) -> dict[str, str]:
    """Names of the ten pages with their paths in a language."""
    code = f"""
import json
from django.utils import translation
from catalog.addresses import centre_url, course_url, index_path, programme_url, provider_url
from catalog.models import Centre, Course, Programme
from home.models import NewsPage
language = {language!r}
course = Course.objects.get(code="EGOV-101")
text = course.texts.get(locale__language_code=language)
centre, programme = Centre.objects.get(code="gence"), Programme.objects.filter(live=True).first()
news = NewsPage.objects.filter(locale__language_code=language, live=True).first()
with translation.override(language):
    print(json.dumps({{
        "home": f"/{{language}}/",
        "search": f"/{{language}}/search/?q={{text.title.split()[0]}}",
        "course": course_url(course.pk, text.title, language),
        "catalogue": index_path("course", language),
        "programme": programme_url(programme.pk, str(programme.title), language),
        "provider": provider_url(course.provider_id, str(course.provider.name), language),
        "centre": centre_url(centre.pk, str(centre.name), language),
        "centres": index_path("centre", language),
        "news": news.get_url(),
        "not-found": f"/{{language}}/nothing-here/",
    }}))
"""
    manage = [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "-c", code]
    said = subprocess.run(manage, env=variables, capture_output=True, text=True, check=True)
    return json.loads(said.stdout.strip().splitlines()[-1])


def answers(port: int) -> bool:
    """True when the portal is ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def main() -> int:
    """Render everything into ``screenshots/``."""
    if problem := why_not():
        print(problem)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with scratch_folder("screenshots") as folder:
        port = free_port()
        variables = dict(os.environ) | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "DATA_DIR": str(folder / "data"),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        prepare = [sys.executable, str(ROOT / "manage.py"), "prepare", "--demo"]
        subprocess.run(prepare, env=variables, check=True, cwd=ROOT)
        argv = [sys.executable, "-m", "gunicorn", "portal.wsgi:application"]
        argv += [f"--bind=127.0.0.1:{port}", "--log-level=warning"]
        log = folder / "log"
        with running(argv, log, env=variables, cwd=ROOT) as process:
            wait_until(lambda: answers(port), process, log, seconds=60)
            with browser() as chromium:
                _render(chromium, port, variables)
    return 0


def _render(chromium, port: int, variables: dict[str, str]) -> None:
    for language in LANGUAGES:
        pages = addresses(language, variables)
        for width, (x, y) in WIDTHS.items():
            context = chromium.new_context(viewport={"width": x, "height": y}, locale=language)
            page = context.new_page()
            for name, path in pages.items():
                page.goto(f"http://127.0.0.1:{port}{path}")
                file = FOLDER / f"{name}-{language}-{width}.png"
                page.screenshot(path=file, full_page=True)
                print(file.relative_to(ROOT))
            context.close()


if __name__ == "__main__":
    sys.exit(main())
