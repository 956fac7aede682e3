"""``make screenshots``: ten key pages at two widths in two languages, of a fresh demo portal.

The first view of the front page goes into docs/images/ as well: README.md shows it.
"""

from __future__ import annotations

import io
import sys

from PIL import Image

from tests.services.chromium import browser, why_not
from tests.services.demo_portal import ROOT, demo_portal

FOLDER = ROOT / "screenshots"
FRONT = ROOT / "docs" / "images" / "front-page.webp"
LANGUAGES = ("az", "ru")
WIDTHS = {"phone": (360, 740), "desk": (1280, 900)}


def main() -> int:
    """Render everything into ``screenshots/``."""
    if problem := why_not():
        print(problem)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with demo_portal() as portal, browser() as chromium:
        for language in LANGUAGES:
            for width, (x, y) in WIDTHS.items():
                context = chromium.new_context(viewport={"width": x, "height": y}, locale=language)
                page = context.new_page()
                for name in portal.pages[language]:
                    page.goto(portal.address(language, name))
                    file = FOLDER / f"{name}-{language}-{width}.png"
                    page.screenshot(path=file, full_page=True)
                    print(file.relative_to(ROOT))
                if (language, width) == ("az", "desk"):
                    page.goto(portal.address(language, "home"))
                    FRONT.parent.mkdir(exist_ok=True)
                    Image.open(io.BytesIO(page.screenshot())).save(FRONT, quality=82)
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
