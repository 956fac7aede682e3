"""Which of a course's texts a reader sees, and courses as links where only the name counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from catalog.addresses import course_url
from catalog.models import CourseText
from home.languages.facts import LANGUAGES, language_name
from home.navigation import language_codes


def nearest(known: Collection[str], language: str, source: str) -> str:
    """Of the known languages the reader's, else the source, else the portal's first; else any.

    Raises StopIteration when nothing is known.
    """
    return next(code for code in (language, source, *LANGUAGES, *known) if code in known)


def text_for(texts: Iterable[CourseText], language: str, source: str) -> CourseText | None:
    """Of the texts of one course (with locale) the nearest to the reader; None when it has none."""
    known = {text.locale.language_code: text for text in texts}
    return known[nearest(known, language, source)] if known else None


@dataclass(frozen=True)
class CourseName:
    """A course as a link: its titles as (language of the page, title, language of the words)."""

    number: int
    source: str
    titles: tuple[tuple[str, str, str], ...]

    def link(self, language: str) -> CourseLink:
        """For readers of ``language``."""
        known = {locale: (title, words) for locale, title, words in self.titles}
        title, words = known[nearest(known, language, self.source)]
        return CourseLink(title, course_url(self.number, title, language), words)


@dataclass(frozen=True)
class CourseLink:
    """A title, where it leads, and the language of the title."""

    title: str
    url: str
    language: str

    def foreign(self, language: str) -> str:
        """The name of the title's language for those who read another; "" otherwise."""
        return "" if self.language == language else language_name(self.language, language)


def course_names(texts: QuerySet[CourseText]) -> list[CourseName]:
    """The courses of these texts in the order in which they first come; one query.

    Texts that are not live and texts of withdrawn courses are left out.
    """
    rows = texts.filter(live=True, course__withdrawn_at=None).values_list(
        "course_id", "course__source_language", "locale_id", "title", "written_in"
    )
    found: dict[tuple[int, str], list[tuple[str, str, str]]] = defaultdict(list)
    for number, source, locale, title, words in rows:
        code = language_codes()[locale]
        found[number, source].append((code, title, words or code))
    return [CourseName(number, source, tuple(t)) for (number, source), t in found.items()]
