"""What can go wrong while another service signs somebody in, in plain words."""

from __future__ import annotations

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Why(Enum):
    """The status of the page, and its two sentences; ``{name}`` is that of the service."""

    STOPPED = (
        403,
        _("You have stopped signing in"),
        _("{name} was told not to go on. Nothing was changed."),
    )
    OUTDATED = (
        400,
        _("This sign-in is over"),
        _("It was begun too long ago, or it was finished already. Begin it once more."),
    )
    SILENT = (
        503,
        _("{name} does not answer"),
        _("Try again in a few minutes. The portal itself can be read without signing in."),
    )
    DOUBTFUL = (
        502,
        _("{name} gave an answer that cannot be trusted"),
        _("You were not signed in. What happened is written down for the administrators."),
    )

    @property
    def status(self) -> int:
        """Of the answer to the reader."""
        return self.value[0]

    @property
    def title(self) -> Promise:
        """What happened."""
        return self.value[1]

    @property
    def advice(self) -> Promise:
        """What is safe, and what to do."""
        return self.value[2]


class SignInTrouble(Exception):
    """``detail`` is for the log: it holds neither tokens nor anything about the person."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(detail or why.name)
        self.why = why
