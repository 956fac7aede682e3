"""The glossary as a table that people edit in a spreadsheet, and back.

One row a concept: ``code``, ``area``, ``note``, then for each language three columns, ``az``,
``az_synonyms`` and ``az_abbreviations``; several synonyms are separated by ``|``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.cache import touch_content
from home.languages.folding import fold_text
from home.languages.translated import language_codes
from home.models import Concept, ConceptTerm
from home.spreadsheets import harmless

# What a new portal begins with.
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "concepts.csv"
LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS, MOST_TERMS, LONGEST_TERM = 20_000, 30, 120
_ROLES = {"": "preferred", "_synonyms": "synonym", "_abbreviations": "abbreviation"}


@dataclass
class Report:
    """What an import did, or would do; ``problems`` are sentences that begin with the line."""

    made: int = 0
    changed: int = 0
    same: int = 0
    problems: list[str] = field(default_factory=list)


class UnreadableTable(Exception):
    """The file is no such table; the text says why in the reader's language."""


def columns() -> list[str]:
    """The header."""
    return ["code", "area", "note"] + [
        f"{code}{ending}" for code in language_codes() for ending in _ROLES
    ]


def write_table(concepts: Iterable[Concept]) -> Iterator[str]:
    """CSV lines, UTF-8 with a mark that spreadsheets understand; ``terms`` should be loaded."""
    line = io.StringIO()
    writer = csv.DictWriter(line, columns())
    writer.writeheader()
    yield "\ufeff" + line.getvalue()
    for concept in concepts:
        line.seek(0)
        line.truncate()
        writer.writerow({name: harmless(value) for name, value in _row(concept).items()})
        yield line.getvalue()


def _row(concept: Concept) -> dict[str, str]:
    row = {"code": concept.code, "area": concept.area, "note": concept.note}
    endings = {role: ending for ending, role in _ROLES.items()}
    for term in concept.terms.all():
        name = term.language + endings[term.role]
        row[name] = f"{row[name]}|{term.text}" if row.get(name) else term.text
    return {name: row.get(name, "") for name in columns()}


def read_table(data: bytes) -> list[dict[str, str]]:
    """Rows of a table; raises UnreadableTable."""
    if len(data) > LARGEST_FILE:
        raise UnreadableTable(_("The file is larger than 5 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTable(_("Save the file as CSV in UTF-8 and try again.")) from error
    if "\0" in text:
        # Another encoding that happens to be readable; PostgreSQL stores no such text.
        raise UnreadableTable(_("Save the file as CSV in UTF-8 and try again."))
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        if "code" not in (reader.fieldnames or ()):
            raise UnreadableTable(_("The first line must name the columns; “code” is missing."))
        rows = [row for _n, row in zip(range(MOST_ROWS + 1), reader, strict=False)]
    except csv.Error as error:
        raise UnreadableTable(_("The file is not a CSV table: %s") % error) from error
    if len(rows) > MOST_ROWS:
        raise UnreadableTable(_("The table has more than %d rows.") % MOST_ROWS)
    return rows


@transaction.atomic
def import_table(data: bytes, *, dry_run: bool = False) -> Report:
    """Make or change the concepts of a table; others stay. Nothing is written with problems.

    A language whose three columns are not in the table keeps its terms.
    """
    report, known = Report(), _known()
    seen: set[str] = set()
    wanted: list[tuple[str, str, str, list[tuple[str, str, str]], set[str]]] = []
    for number, row in enumerate(read_table(data), 2):
        try:
            parsed = _parse(row)
        except ValueError as problem:
            report.problems.append(_("Line %(line)d: %(problem)s") % _at(number, problem))
            continue
        if parsed[0] in seen:
            problem = _("the code %s stands twice.") % parsed[0]
            report.problems.append(_("Line %(line)d: %(problem)s") % _at(number, problem))
        seen.add(parsed[0])
        wanted.append(parsed)
    for parsed in wanted:
        _count(report, parsed, known)
    if not report.problems and not dry_run:
        _write_all(wanted, known)
        touch_content()
    return report


def _at(line: int, problem: Any) -> dict[str, Any]:
    return {"line": line, "problem": problem}


def _known() -> dict[str, Concept]:
    return {row.code: row for row in Concept.objects.prefetch_related("terms")}


def _parse(row: dict[str, Any]) -> tuple[str, str, str, list[tuple[str, str, str]], set[str]]:
    """Code, area, note, terms as (language, text, role), and the languages that the row speaks of.

    Raises ValueError with a sentence.
    """
    cells = {
        name: (value or "").strip().removeprefix("'")
        for name, value in row.items()
        if isinstance(name, str) and isinstance(value, str | None)
    }
    code = cells.get("code", "")
    if not code or not all(c.isascii() and (c.isalnum() or c in "-_") for c in code):
        raise ValueError(_("a code is made of letters, digits and hyphens."))
    area = cells.get("area") or Concept.Area.OTHER
    if area not in Concept.Area.values:
        raise ValueError(_("“%s” is no area.") % area[:40])
    terms: list[tuple[str, str, str]] = []
    spoken: set[str] = set()
    for language in language_codes():
        found: dict[str, str] = {}
        for ending, role in _ROLES.items():
            name = f"{language}{ending}"
            if name not in cells:
                continue
            spoken.add(language)
            parts = cells[name].split("|") if ending else [cells[name]]
            for part in (part.strip() for part in parts):
                if part and fold_text(part):
                    found.setdefault(part, role)
        distinct: dict[str, tuple[str, str]] = {}
        for text, role in found.items():
            distinct.setdefault(fold_text(text), (text, role))
        terms += [(language, text, role) for text, role in distinct.values()]
    _check(terms)
    return code[:80], area, cells.get("note", "")[:300], terms, spoken


def _check(terms: list[tuple[str, str, str]]) -> None:
    if not terms:
        raise ValueError(_("a concept needs a term in at least one language."))
    if len(terms) > MOST_TERMS * 5:
        raise ValueError(_("there are too many terms."))
    for _language, text, _role in terms:
        if len(text) > LONGEST_TERM:
            raise ValueError(_("“%s…” is too long.") % text[:30])


def _terms_of(concept: Concept) -> set[tuple[str, str, str]]:
    return {(term.language, term.text, term.role) for term in concept.terms.all()}


def _count(report: Report, parsed: tuple, known: dict[str, Concept]) -> None:
    concept = known.get(parsed[0])
    if concept is None:
        report.made += 1
    elif _is_same(parsed, concept):
        report.same += 1
    else:
        report.changed += 1


def _is_same(parsed: tuple, concept: Concept) -> bool:
    _code, area, note, terms, spoken = parsed
    kept = {term for term in _terms_of(concept) if term[0] in spoken}
    return kept == set(terms) and (concept.area, concept.note) == (area, note)


def _write_all(wanted: list[tuple], known: dict[str, Concept]) -> None:
    """Three statements for all new concepts; changed ones one by one."""
    now = timezone.now()
    new = [parsed for parsed in wanted if parsed[0] not in known]
    made = Concept.objects.bulk_create(
        Concept(code=code, area=area, note=note, updated_at=now)
        for code, area, note, _terms, _spoken in new
    )
    rows = [
        term for concept, parsed in zip(made, new, strict=True) for term in _terms(concept, parsed)
    ]
    for parsed in wanted:
        concept = known.get(parsed[0])
        if concept is not None and not _is_same(parsed, concept):
            concept.area, concept.note = parsed[1], parsed[2]
            concept.save()
            ConceptTerm.objects.filter(concept=concept, language__in=parsed[4]).delete()
            rows += _terms(concept, parsed)
    ConceptTerm.objects.bulk_create(rows, batch_size=500)


def _terms(concept: Concept, parsed: tuple) -> list[ConceptTerm]:
    return [
        ConceptTerm(
            concept=concept, language=language, text=text, role=role, folded=fold_text(text)[:200]
        )
        for language, text, role in parsed[3]
    ]
