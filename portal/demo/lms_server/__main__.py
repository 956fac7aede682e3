"""``python -m portal.demo.lms_server --port 8100 --file places.json``: the LMS of the demo."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from . import fixtures
from .openedx_site import EdxSite
from .server import Application, listen
from .site import Site


def main() -> int:
    """Serves on 127.0.0.1 until SIGTERM or Ctrl-C."""
    words = argparse.ArgumentParser(prog="lms_server", description="The LMS of the demo.")
    words.add_argument("--port", type=int, default=8100)
    words.add_argument("--file", type=Path, help="where people and places are kept")
    given = words.parse_args()
    site = fixtures.demo(Site(file=given.file))
    site.load()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = listen(Application(site, fixtures.openedx(EdxSite())), given.port)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
