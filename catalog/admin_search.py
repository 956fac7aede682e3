"""The text that the admin's lists search: titles of all languages and the code, folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from home.languages.folding import fold, fold_text, normalise, skeleton

from .bulk import update_rows
from .models import Course, CourseText

BATCH = 500
# Words kept under the key that alphabets share begin with this sign, so that a search for the
# key finds beginnings of words and is never mistaken for one of the folded text.
KEY = "~"
SHORTEST_KEY = 3


def search_text(code: str, titles: Iterable[str]) -> str:
    """What ``Course.admin_search`` holds for a course with this code and these titles."""
    titles = list(titles)
    words = {word for title in titles for word in normalise(title).split()}
    keys = sorted({skeleton(word) for word in words} - {""})
    lines = [fold_text(code), *(fold_text(title) for title in titles)]
    return "\n".join([*lines, " ".join(KEY + key for key in keys)])


def refresh_admin_search(course_ids: Iterable[int]) -> None:
    """Write ``Course.admin_search`` anew for these courses; two or three queries per 500."""
    numbers = sorted(set(course_ids))
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        titles = defaultdict(list)
        texts = CourseText.objects.filter(course__in=batch).order_by("pk")
        for number, title in texts.values_list("course_id", "title"):
            titles[number].append(title)
        changed = []
        courses = Course.objects.filter(pk__in=batch).only("pk", "code", "admin_search")
        # In one order, so that no two writers wait for each other.
        for course in courses.order_by("pk"):
            text = search_text(course.code, titles[course.pk])
            if text != course.admin_search:
                course.admin_search = text
                changed.append(course)
        update_rows(changed, ["admin_search"])


def matching(courses: QuerySet, query: str, prefix: str = "") -> QuerySet:
    """``courses`` whose titles or code have every word of ``query``, however it was typed.

    ``prefix`` leads from the rows of ``courses`` to their course, for example ``"course__"``.
    """
    field = f"{prefix}admin_search__contains"
    words = normalise(query.replace(KEY, " ")).split()[:8]
    if not words:
        return courses.none()
    for word in words:
        found = Q(**{field: fold(word)})
        key = skeleton(word)
        if len(key) >= SHORTEST_KEY:
            found |= Q(**{field: KEY + key})
        courses = courses.filter(found)
    return courses
