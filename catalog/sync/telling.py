"""What a run says of itself, in words for editors."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import lms

from .models import SyncRun

WORDS: dict[str, str | Promise] = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "ours": gettext_lazy("connected by people before"),
    "hidden": gettext_lazy("hidden in the LMS"),
    "left_out": gettext_lazy("left out"),
    "bad": gettext_lazy("could not be taken"),
    "kept_texts": gettext_lazy("texts of people left as they are"),
    "returned": gettext_lazy("there again"),
    "missing": gettext_lazy("not seen any more"),
}


def counted(run: SyncRun) -> list[tuple[str, int]]:
    """Words and numbers, in the order in which people want them."""
    return [(str(word), run.counts[name]) for name, word in WORDS.items() if run.counts.get(name)]


def verdict(run: SyncRun) -> str:
    """One sentence."""
    match run.state:
        case SyncRun.State.RUNNING:
            return _("It is under way.")
        case SyncRun.State.DONE:
            return _("The catalogue is as the LMS has it.")
        case SyncRun.State.REFUSED:
            told = _("%(count)s courses are gone from the list. Nothing was taken as missing.")
            return told % {"count": run.detail}
    if run.reason == "interrupted":
        return _("It was interrupted.")
    if run.reason in set(lms.Reason):
        return lms.sentence(lms.Reason(run.reason), run.detail)
    return run.detail or _("It failed.")
