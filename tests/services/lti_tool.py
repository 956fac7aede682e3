"""A small learning tool made with PyLTI1p3, as others make theirs: launch, work, grade."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from flask import Flask, Response, jsonify, render_template_string, request
from pylti1p3.contrib.flask import (
    FlaskCacheDataStorage,
    FlaskMessageLaunch,
    FlaskOIDCLogin,
    FlaskRequest,
)
from pylti1p3.exception import LtiException
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem
from pylti1p3.tool_config import ToolConfDict
from werkzeug.serving import make_server

CLIENT, DEPLOYMENT = "tool-client", "deployment-1"
CONTEXT = "https://purl.imsglobal.org/spec/lti/claim/context"
MARK = 87.5
_PAGE = """<!doctype html><html lang="{{ told.locale }}"><meta charset="utf-8">
<title>{{ course }}</title><h1>{{ course }}</h1><p id="person">{{ told.name }}</p>
{% if mark %}<p id="mark">{{ mark }}</p>{% else %}
<form method="post" action="/finish?launch={{ launch }}"><button>Finish</button></form>{% endif %}
"""


class _Kept(dict[str, Any]):
    """What the library calls a cache."""

    def set(self, key: str, value: Any, _seconds: int | None = None) -> None:
        self[key] = value


@dataclass
class Tool:
    """A running tool; ``platform`` is the address of the portal that it trusts, set later."""

    url: str
    private: str
    public: str
    platform: str = ""

    @property
    def options(self) -> dict[str, str]:
        """What the administrator of the portal writes into its connection."""
        return {
            "client_id": CLIENT,
            "deployment_id": DEPLOYMENT,
            "login_url": f"{self.url}/login",
            "launch_urls": f"{self.url}/launch",
            "jwks_url": f"{self.url}/jwks",
        }

    def settings(self) -> ToolConfDict:
        """What the administrator of the tool writes into its own: the guide says where it is."""
        known = {
            "client_id": CLIENT,
            "auth_login_url": f"{self.platform}/lti/authorise/",
            "auth_token_url": f"{self.platform}/lti/token/",
            "key_set_url": f"{self.platform}/lti/jwks/",
            "deployment_ids": [DEPLOYMENT],
        }
        made = ToolConfDict({self.platform: known})
        made.set_private_key(self.platform, self.private)
        made.set_public_key(self.platform, self.public)
        return made


@contextlib.contextmanager
def lti_tool() -> Iterator[Tool]:
    """The tool on a port of its own. Its host has another name than the portal's, so that browsers
    take the two for different sites, as they are in earnest."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    tool = Tool("", private, public.decode())
    server = make_server("127.0.0.1", 0, _application(tool), threaded=True)
    tool.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield tool
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _application(tool: Tool) -> Flask:
    app, kept = Flask(__name__), FlaskCacheDataStorage(_Kept())

    def asked() -> FlaskRequest:
        # Cookies as on https, for use across sites; browsers take them on the machine itself too.
        return FlaskRequest(request_is_secure=True)

    @app.errorhandler(LtiException)
    def refuse(error: LtiException) -> tuple[str, int]:
        return str(error), 403

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Response:
        made = FlaskOIDCLogin(asked(), tool.settings(), launch_data_storage=kept)
        return made.redirect(request.values["target_link_uri"])

    @app.route("/launch", methods=["POST"])
    def launch() -> str:
        return _page(FlaskMessageLaunch(asked(), tool.settings(), launch_data_storage=kept))

    @app.route("/finish", methods=["POST"])
    def finish() -> str:
        launch_id = request.args["launch"]
        found = FlaskMessageLaunch.from_cache(
            launch_id, asked(), tool.settings(), launch_data_storage=kept
        )
        _send_grade(found)
        return _page(found, mark=MARK)

    @app.route("/jwks")
    def jwks() -> Response:
        return jsonify(tool.settings().get_jwks())

    return app


def _page(launch: FlaskMessageLaunch, mark: float | None = None) -> str:
    told = launch.get_launch_data()
    return render_template_string(
        _PAGE, told=told, course=told[CONTEXT]["title"], launch=launch.get_launch_id(), mark=mark
    )


def _send_grade(launch: FlaskMessageLaunch) -> None:
    """To the portal, with a token that the tool's own key has earned."""
    grade = Grade().set_user_id(launch.get_launch_data()["sub"])
    grade.set_score_given(MARK).set_score_maximum(100)
    grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
    grade.set_timestamp(datetime.now(UTC).isoformat(timespec="milliseconds"))
    column = LineItem().set_tag("grade").set_score_maximum(100).set_label("Final test")
    launch.get_ags().put_grade(grade, column)
