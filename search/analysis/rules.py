"""Suffix rules for folded Azerbaijani, Turkish and Kazakh, as regular expressions.

Each step is ``(pattern, replacement)`` with the replacement in Elasticsearch's notation: the
patterns are valid in Python and as ``pattern_replace`` filters alike, which is what keeps both
engines equal. Azerbaijani and Turkish share one set: folding removes what sets them apart here.
Roots that look as if they carried a suffix are protected by a look-ahead.
"""

from __future__ import annotations

Steps = list[tuple[str, str]]

# After a vowel, after a consonant, after a voiceless consonant.
_V, _C, _T = "(?<=[aeiou])", "(?<=[^aeiou0-9])", "(?<=[cfhkpqstx])"
_AFTER_CONSONANT = (
    "indan|inden|undan|inda|inde|unda|inin|unun|ina|ine|una|ini|unu|iyla|iyle|uyla|indaki|indeki|"
    "undaki|imizdan|imizden|umuzdan|imizda|imizde|umuzda|imizin|umuzun|imiza|imize|umuza|imizi|"
    "umuzu|imiz|umuz|iniz|unuz|daki|deki|dan|den|da|de|in|un|la|le"
)
_AFTER_VOWEL = (
    "sindan|sinden|sundan|sinda|sinde|sunda|sinin|sunun|sina|sine|suna|sini|sunu|siyla|siyle|"
    "suyla|sindaki|sindeki|sundaki|mizdan|mizden|mizda|mizde|mizin|miza|mize|mizi|miz|muz|niz|nuz|"
    "si|su|daki|deki|dan|den|da|de|nin|nun|ni|nu|(?<=[ae])yi|(?<=[ao])yu|(?<![iy])ya|(?<![iy])ye|"
    "yla|yle"
)
_PLURAL = (
    "(?:lar|ler)(?:(?:i?miz|i?niz|im|in|i)?"
    "(?:n?daki|n?deki|n?dan|n?den|n?da|n?de|n?in|n?a|n?e|n?i|la|le|yla|yle)?)"
)
TURKIC_ROOTS = (
    "qanun|telim|insan|zaman|imtahan|kanun|egitim|yonetim|ogretim|iletisim|denetim|yatirim|katilim|"
    "kurum|toplum|uzman|kadin|muellim|bilim|rejim|islam|iqlim|program|proqram|islem|onlem|yontem|"
    "elan|plan|ekran|divan|mizan|vetendas|vatandas|emekdas|yoldas|arkadas|ogretmen|calisan|ogrenim|"
    "butun|aydin|tanitim|uretim|gelisim|degisim|donusum|yazilim|donanim|gorev|vezife|tedbir|mudir|"
    "mudur|alim|adam|olke|iclas|is|ev|su|dil|il|el|ad|son|tarix|inzibat|medeniyyet|sened|kend|"
    "elektron|savad|metod|period|kod|seved|ferd|mesed|maqsed|meqsed"
)
TURKIC: Steps = [
    (
        rf"^({TURKIC_ROOTS})(?:{_PLURAL}|{_AFTER_CONSONANT}|{_AFTER_VOWEL}|y?[aeiu]|t[ae]n?|suyun|"
        rf"yun|yu)(?:dir|dur)?$",
        "$1",
    ),
    (r"^(.{4,}?)(?:dirlar|dirler|durlar|durler|dir|dur|(?<=[cfhkpqst])(?:tir|tur))$", "$1"),
    (rf"^(.{{2,}}?){_PLURAL}$", "$1"),
    (
        rf"^(?!(?:{TURKIC_ROOTS})$)(.{{3,}}?)(?:{_V}(?:{_AFTER_VOWEL})|{_C}(?:{_AFTER_CONSONANT})|"
        rf"{_T}(?:tan|ten|taki|teki|ta|te))$",
        "$1",
    ),
    (rf"^(?!(?:{TURKIC_ROOTS})$)(.{{3,}}?)(?:(?<!l)iy[ae]|[aeiu])$", "$1"),
    # Final consonants that soften before a vowel: kitab/kitap, qanunq/qanunk.
    (r"^(.{3,})[gqy]$", "$1k"),
    (r"^(.{3,})b$", "$1p"),
    (r"^(.{4,})d$", "$1t"),
]

_KAZAKH_CASE = "нын|нин|на|не|нда|нде|нан|нен|мен|н"
_KAZAKH_PLURAL = (
    "(?:лар|лер|дар|дер|тар|тер)(?:(?:ымыз|имиз|ыныз|иниз)"
    "(?:дын|дин|да|де|дан|ден|га|ге|ды|ди|бен)?|"
    rf"[ыи](?:{_KAZAKH_CASE})?|дын|дин|га|ге|ды|ди|да|де|дан|ден|мен|дагы|деги)?"
)
_KAZAKH_CONSONANT = "(?<=[бвгджзйклмнпрстфхцчшщ])"
KAZAKH: Steps = [
    (
        rf"^(дагды|билим|бала|тагам|кадам|адам|когам)(?:{_KAZAKH_PLURAL}|(?:сы|си|ы|и)?"
        r"(?:н|нын|нин|на|не|нда|нде|нан|нен|га|ге|ды|ди|ны|ни|дан|ден|да|де|мен)?)$",
        "$1",
    ),
    (rf"^(?!(?:дагды)$)(.{{3,}}?){_KAZAKH_PLURAL}$", "$1"),
    (
        r"^(?!(?:дагды|билим|тагам|кадам|адам|когам)$)(.{3,}?)(?:"
        rf"(?<=[аеиоуыэюя])(?:(?:сы|си)(?:{_KAZAKH_CASE})?|мыз|миз|нын|нин|ны|ни|дан|ден|да|де|"
        r"га|ге|дагы|деги|мен)|"
        r"(?<=[кпстфхцчшщ])(?:тын|тин|ты|ти|тан|тен|та|те|ка|ке|тагы|теги|пен)|"
        r"(?<=[бвгджзйлмнру])(?:дын|дин|ды|ди|дан|ден|да|де|га|ге|дагы|деги|мен|бен|нан|нен|нын|нин)|"
        rf"{_KAZAKH_CONSONANT}(?:(?:ы|и)(?:{_KAZAKH_CASE}|мыз|миз)|"
        r"(?:ымыз|имиз)(?:дын|дин|да|де|дан|ден|га|ге|ды|ди)?))$",
        "$1",
    ),
    (r"^(?!(?:дагды)$)(.{3,}?)(?:[уы]ы|уи|(?<=[аеу])у|[аеыиу])$", "$1"),
    (r"^(.{2,})г$", "$1к"),
    (r"^(.{3,})б$", "$1п"),
]
