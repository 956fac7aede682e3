"""Message catalogues brought up to date with the code: ``make messages``; needs no gettext.

Words are found by Babel in Python files, and in templates after Django has turned those into
something that reads like Python. New words come in untranslated, words no longer used go.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[2]
LOCALE_DIR = ROOT / "locale"
# English is the source. After a number the Turkic languages have one form.
PLURALS = {
    "az": (1, "0"),
    "tr": (1, "0"),
    "kk": (1, "0"),
    "ru": (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
    ),
}
FOLDERS = ("home", "catalog", "search", "portal")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def found() -> Catalog:
    """Every message of the code, with where it stands; locations have no line numbers."""
    catalogue = Catalog()
    for path, text in _sources():
        lines = io.BytesIO(text.encode())
        for line, message, comments, context in extract("python", lines, KEYWORDS, ["Translators"]):
            catalogue.add(
                message,
                locations=[(path, None)],
                auto_comments=comments,
                context=context,
                lineno=line,
            )
    return catalogue


def _sources() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "templates").rglob("*.*")):
        if file.suffix in {".html", ".txt", ".xml"}:
            name = str(file.relative_to(ROOT))
            code = template.templatize(file.read_text(encoding="utf-8"), origin=name)
            # What was markup is blanked out but keeps its indentation, which means nothing.
            yield name, "\n".join(line.strip() for line in code.splitlines())


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE_DIR / language / "LC_MESSAGES" / "django.po"


def update(language: str) -> tuple[int, int]:
    """Rewrite one catalogue; returns how many messages it has and how many lack words."""
    target = path_of(language)
    wanted = found()
    fresh = Catalog(
        locale=language,
        project="Learning Gate",
        charset="utf-8",
        header_comment="# The words of the interface; `make messages` brings them up to date.",
        fuzzy=False,
    )
    fresh._num_plurals, fresh._plural_expr = PLURALS[language]
    old = read_po(io.BytesIO(target.read_bytes()), locale=language) if target.exists() else fresh
    for message in wanted:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        # A message that became a plural, or stopped being one, is translated anew.
        fits = known is not None and isinstance(known.id, tuple) == isinstance(message.id, tuple)
        fresh.add(
            message.id,
            known.string if fits else "",
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
            flags=message.flags,
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, fresh, width=0, sort_by_file=True, omit_header=False, include_lineno=False)
    _without_dates(target)
    return len(fresh), sum(1 for message in fresh if message.id and not _has_words(message.string))


def _has_words(string: str | tuple[str, ...] | list[str]) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _without_dates(target: Path) -> None:
    """A date in the header would change the file each time somebody looks."""
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = ('"POT-', '"PO-', '"Generated-By', '"Last-Translator', '"Language-Team', '"Report-')
    kept = [line for line in lines if not line.startswith(dated)]
    target.write_text("".join(kept), encoding="utf-8")


def main() -> None:
    """Update all and say what is left to do."""
    for language in PLURALS:
        total, empty = update(language)
        print(f"{language}: {total} messages, {empty} without words")


if __name__ == "__main__":
    main()
