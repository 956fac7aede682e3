"""A small catalogue for the tests of engines and queries."""

from __future__ import annotations

from home.languages.collation import sort_key
from search.engine import Document


def document(
    number: int, titles: dict[str, str], bodies: dict[str, str] | None = None, **facts
) -> Document:
    """One course; ``facts`` are code, start, created, kind and facets by name."""
    facets = {name: (value,) for name, value in facts.pop("facets", {}).items()}
    facets["language"] = tuple(titles)
    return Document(
        key=f"course:{number}",
        type=facts.pop("type", "course"),
        code=facts.pop("code", ""),
        titles=titles,
        bodies=bodies or {},
        facets=facets,
        start=facts.pop("start", None),
        created=facts.pop("created", 1_700_000_000 + number),
        sort_titles={language: sort_key(title, language) for language, title in titles.items()},
        **facts,
    )


VIDEO = {"kind": "video", "provider": "gov-az", "level": "basic"}
COURSE = {"kind": "course", "provider": "gov-az", "level": "basic"}
ABROAD = {"kind": "course", "provider": "gov-kz", "level": "advanced"}

SHELF = [
    document(
        1,
        {"az": "Elektron hökumətin əsasları", "ru": "Основы электронного правительства"},
        {"az": "Dövlət xidmətlərinin rəqəmsallaşdırılması"},
        code="EGOV-101",
        start=20_800,
        facets=COURSE,
    ),
    document(
        2,
        {"az": "Dövlət qulluğu haqqında qanun", "en": "The civil service law"},
        code="EGOV-102",
        facets=VIDEO,
    ),
    document(
        3,
        {"az": "Python proqramlaşdırma dili", "en": "Python programming"},
        {"az": "Verilənlərin təhlili, C++ ilə müqayisə. Qanun deyil, texnika."},
        code="PY-3",
        start=20_700,
        facets=COURSE,
    ),
    document(
        4,
        {"kk": "Мемлекеттік қызметшілерге арналған қазақ тілі"},
        {"kk": "Іс қағаздарын жүргізу"},
        start=20_900,
        facets=ABROAD,
    ),
    document(5, {"it": "Diritto dell'Unione europea"}, code="UNITN 5", facets=ABROAD),
    document(
        6,
        {"tr": "Kamu yönetiminde iletişim", "en": "Communication in public administration"},
        {"en": "How a manager's words reach people."},
        facets=ABROAD,
    ),
    document(
        7,
        {"ru": "Государственное управление", "en": "Public administration"},
        {"ru": "Курс об управлении государством и бюджете"},
        facets=VIDEO,
    ),
    document(8, {"az": "Əmək hüququ"}, {"az": "Qanun və qanunlar"}, facets=VIDEO),
    document(9, {"az": "Süni intellekt: AI və dövlət", "en": "AI in government"}, facets=COURSE),
    document(10, {"az": "Dövlət mülki işi"}, facets=COURSE, type="page"),
]
