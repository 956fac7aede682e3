"""Suffix rules for folded Azerbaijani, Turkish and Kazakh, as regular expressions.

Each step is ``(pattern, replacement)`` with the replacement in Elasticsearch's notation: the
patterns are valid in Python and as ``pattern_replace`` filters alike, which is what keeps both
engines equal. Azerbaijani and Turkish differ in one suffix only: folding removes what else sets
them apart here. Roots that look as if they carried a suffix are protected by a look-ahead.
"""

from __future__ import annotations

from .roots import KAZAKH_ROOTS, TURKIC_ROOTS

Steps = list[tuple[str, str]]


def _turkic(accusative: str, hardens: bool, dative: str, lost: str) -> Steps:
    """The rules of one language.

    ``accusative``: what follows a vowel, "n" in Azerbaijani and "y" in Turkish. ``hardens``: d
    becomes t after voiceless consonants. ``dative``: where "ya" after a vowel is one. ``lost``:
    the vowel that "şəhr", "şehr" has lost.
    """
    case = "d[ae](?:n|ki)?|[iu]n|[iu]|[ae]|l[ae]"
    his = "n[iu]n|n[ae]|n[iu]|nd[ae](?:n|ki)?|yl[ae]"
    owner = f"[iu](?:m|n)[iu]z(?:{case})?|[iu](?:{his})"
    our = f"(?:m|n)[iu]z(?:{case})?|s[iu](?:{his})?|d[ae](?:n|ki)?|yl[ae]"
    my = f"[iu]m(?:{case})?"
    plural = f"l[ae]r(?:{owner}|{my}|{case})?"
    after_vowel = f"{our}|{dative}|(?<=[aeiu])n[iu]n|(?<=[aeiu]){accusative}[iu]"
    after_consonant = f"{owner}|[iu]n|d[ae](?:n|ki)?|l[ae]"
    after_voiceless = "t[ae](?:n|ki)?" if hardens else "(?!)"
    any_ending = (
        f"{plural}|{owner}|{my}|{case}|{our}|y?[ae]|[ny][iu]n?|m[iu]?|"
        "yu(?:nun|n[aeiu]|nd[ae]n?)|t[ae]n?"
    )
    bare = rf"(?!(?:{TURKIC_ROOTS})$)"
    return [
        (rf"^{bare}({TURKIC_ROOTS})(?:{any_ending})(?:d[iu]r)?$", "$1"),
        (r"^(.{4,}?)(?:d[iu]rl[ae]r|d[iu]r|(?<=[cfhkpqst])t[iu]r)$", "$1"),
        (rf"^(.{{2,}}?){plural}$", "$1"),
        (
            rf"^{bare}(.{{3,}}?)(?:(?<=[aeiou])(?:{after_vowel})|"
            rf"(?<=[^aeiou0-9])(?:{after_consonant})|(?<=[cfhkpqstx])(?:{after_voiceless}))$",
            "$1",
        ),
        # The quality or office of a longer word: security of secure, enterprise of entrepreneur.
        (r"^(?!yonetmeli)(.{6,}?)l[iu][gqky][aeiu]?$", "$1"),
        (rf"^{bare}(.{{3,}}?)(?:(?<!l)iy[ae]|[aeiu])$", "$1"),
        # Verbal nouns: infinitive and passive meet the plain one.
        (r"^(.{3,}m)[ae][gkqy]$", "$1"),
        (r"^(.{3,}?)(?:(?<=l[ae])n(?:[iu]l)?|[iu]l)m$", "$1m"),
        (r"^(.{4,}l[ae]s)[dt]irm$", "$1m"),
        # Mine: my computer, my password. Verbal nouns lose as much in all their forms.
        (rf"^{bare}(.{{4,}})[aeiu]m$", "$1"),
        # Final consonants that soften before a vowel: kitab/kitap, uşağ/uşaq.
        (r"^(.{3,})[gqy]$", "$1k"),
        (r"^(.{3,})b$", "$1p"),
        (rf"^{bare}(.{{4,}})d$", "$1t"),
        # A vowel that is lost before a suffix.
        (r"^(fes|nes)l$", "$1il"),
        (r"^(seh)r$", f"$1{lost}r"),
    ]


AZERBAIJANI = _turkic("n", False, "(?<=[ae])y[ae]|(?<=[^l]i)y[ae]", "e")
TURKISH = _turkic("y", True, "y[ae]", "i")

_KAZAKH_CASE = "нын|нин|на|не|нда|нде|нан|нен|мен|н"
_KAZAKH_MINE = "ды|ди|а|е|да|де|нан|нен|нын|нин|мен"
_KAZAKH_PLACE = "(?:дын|дин|да|де|дан|ден|га|ге|ды|ди|бен)"
_KAZAKH_PLURAL = (
    rf"(?:лар|лер|дар|дер|тар|тер)(?:(?:ымыз|имиз|ыныз|иниз){_KAZAKH_PLACE}?|"
    rf"[ыи]м(?:{_KAZAKH_MINE})?|[ыи](?:{_KAZAKH_CASE})?|дын|дин|га|ге|ды|ди|да|де|дан|ден|мен|дагы|деги)?"
)
_KAZAKH_BARE = rf"(?!(?:{KAZAKH_ROOTS})$)"
KAZAKH: Steps = [
    (
        rf"^{_KAZAKH_BARE}({KAZAKH_ROOTS})(?:{_KAZAKH_PLURAL}|[ыи]?м(?:{_KAZAKH_MINE})?|(?:сы|си|ы|и)?(?:{_KAZAKH_CASE})?|"
        r"(?:сы|си|ы|и)?(?:мыз|миз|га|ге|ка|ке|ды|ди|ты|ти|ны|ни|дан|ден|тан|тен|да|де|та|те|"
        r"дын|дин|тын|тин|бен|пен|дагы|деги))$",
        "$1",
    ),
    (rf"^{_KAZAKH_BARE}(.{{3,}}?){_KAZAKH_PLURAL}$", "$1"),
    (
        rf"^{_KAZAKH_BARE}(.{{3,}}?)(?:"
        rf"(?:(?<=[аеоуэюя])|(?<=ш[ыи]))(?:сы|си)(?:{_KAZAKH_CASE})?|"
        r"(?<=[аеиуыэюя])(?:мыз|миз|нын|нин|ны|ни)|"
        r"(?<=[аеиоуыэюя])(?:дан|ден|да|де|га|ге|дагы|деги|мен)|"
        r"(?<=[кпстфхцчшщ])(?:тын|тин|ты|ти|тан|тен|та|те|ка|ке|тагы|теги|пен)|"
        r"(?<=[бвгджзйлмнру])(?:дын|дин|ды|ди|дан|ден|да|де|га|ге|дагы|деги|мен|бен|нан|нен|нын|нин)|"
        rf"(?<=[бвгджзйклмнпрстуфхцчшщ])(?:(?:ы|и)(?:{_KAZAKH_CASE}|мыз|миз)|"
        rf"(?:ымыз|имиз){_KAZAKH_PLACE}?))$",
        "$1",
    ),
    # What belongs to a thing, or is its quality: state of state, security of secure.
    (
        r"^(?!министрли|жаналы|орталы|денсаулы)(.{4,}?)(?:лы|ли|ды|ди|ты|ти)[гк][ыи]?$",
        "$1",
    ),
    (rf"^{_KAZAKH_BARE}(.{{3,}}?)(?:[уы]ы|уи|(?<=[аеу])у|[аеыиу])$", "$1"),
    # Mine: my document, my phone.
    (rf"^{_KAZAKH_BARE}(.{{4,}})[аеыи]м$", "$1"),
    (r"^(.{2,})г$", "$1к"),
    (r"^(.{3,})б$", "$1п"),
    # A vowel that is lost before a suffix.
    (r"^(ха)лк$", "$1лык"),
    (r"^(о)рн$", "$1рын"),
]
