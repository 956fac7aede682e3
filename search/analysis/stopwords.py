"""Words too common to search for, folded; short lists, so that "AI" stays findable."""

from __future__ import annotations

STOPWORDS: dict[str, frozenset[str]] = {
    "az": frozenset(
        "ve ile ucun bu bir o de da ki ya amma lakin hem her ne en daha kimi gore uzre olan "
        "olaraq haqqinda".split()
    ),
    "tr": frozenset(
        "ve ile icin bu bir o da de ki ya ama hem her ne en daha gibi gore olan olarak hakkinda "
        "veya".split()
    ),
    "en": frozenset(
        "a an and are as at be but by for if in into is it no not of on or such that the their "
        "then there these they this to was will with".split()
    ),
    "ru": frozenset(
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по от о из "
        "для при об до или над под".split()
    ),
    "kk": frozenset(
        "жане мен пен бен ушин бул бир осы сол ол да де та те гана бойынша туралы".split()
    ),
}
