"""The glossary goes out as a table and comes back, and says what is wrong with a bad one."""

from __future__ import annotations

import contextlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.concepts import concepts
from home.concepts.table import SHIPPED, UnreadableTable, columns, import_table, write_table
from home.models import Concept, ConceptTerm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


TABLE = """code,area,az,az_synonyms,az_abbreviations,en,en_abbreviations
personal-data,law,fərdi məlumat,şəxsi məlumat|fərdi verilən,,personal data,PII
e-signature,e-government,elektron imza,e-imza,EİMZA,electronic signature,
"""


def test_a_table_makes_concepts_with_terms_in_each_language():
    report = import_table(TABLE.encode())
    assert (report.made, report.problems) == (2, [])
    fact = next(fact for fact in concepts() if fact.code == "personal-data")
    assert fact.preferred("az") == "fərdi məlumat"
    assert {(t.language, t.text, t.role) for t in fact.terms} == {
        ("az", "fərdi məlumat", "preferred"),
        ("az", "şəxsi məlumat", "synonym"),
        ("az", "fərdi verilən", "synonym"),
        ("en", "personal data", "preferred"),
        ("en", "PII", "abbreviation"),
    }


def test_importing_again_changes_nothing():
    import_table(TABLE.encode())
    before = list(ConceptTerm.objects.values_list("pk", flat=True))
    report = import_table(TABLE.encode())
    assert (report.made, report.changed, report.same) == (0, 0, 2)
    assert list(ConceptTerm.objects.values_list("pk", flat=True)) == before


def test_what_is_written_reads_back_the_same():
    import_table(TABLE.encode())
    ConceptTerm.objects.filter(text="PII").update(text="=PII")
    text = "".join(write_table(Concept.objects.prefetch_related("terms")))
    assert "'=PII" in text
    assert import_table(text.encode()).same == 2


def test_a_language_that_is_not_in_the_table_keeps_its_terms():
    import_table(TABLE.encode())
    report = import_table("code;area;tr\npersonal-data;law;kişisel veri\n".encode("utf-8-sig"))
    assert report.changed == 1
    terms = ConceptTerm.objects.filter(concept__code="personal-data")
    assert set(terms.values_list("language", flat=True)) == {"az", "en", "tr"}


def test_search_and_translation_see_a_change_at_once():
    import_table(TABLE.encode())
    concepts()
    import_table(b"code,area,en\ne-signature,law,digital signature\n")
    fact = next(fact for fact in concepts() if fact.code == "e-signature")
    assert fact.preferred("en") == "digital signature"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("bad code!,law,söz", "letters, digits"),
        ("x,astrology,söz", "no area"),
        ("x,law,", "at least one language"),
        (f"x,law,{'ə' * 121}", "too long"),
        ("x,law,söz\nx,law,söz", "twice"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(row, why):
    report = import_table(f"code,area,az\ngood,law,söz\n{row}\n".encode())
    assert len(report.problems) == 1
    assert why in report.problems[0]
    assert not Concept.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        "code,en\na,b\n".encode("utf-16-le"),
        b"code,en\na,b\x00\n",
        b"",
        b"a,b\n1,2\n",
        b'code\n"' + b"x" * 200_000,
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableTable):
        import_table(data)


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_file_breaks_the_import(data):
    with contextlib.suppress(UnreadableTable):
        assert import_table(b"code,area,az\n" + data, dry_run=True) is not None
    assert not Concept.objects.exists()


def test_the_command_says_what_happened_and_refuses_bad_files(tmp_path):
    file = tmp_path / "glossary.csv"
    file.write_text(TABLE, encoding="utf-8")
    out = StringIO()
    call_command("concepts", "import", file, stdout=out)
    assert "2 concepts were made" in out.getvalue()
    call_command("concepts", "export", tmp_path / "out.csv", stdout=out)
    header = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.split(",") == columns()
    with pytest.raises(CommandError):
        call_command("concepts", "import", tmp_path / "missing.csv")


def test_the_shipped_glossary_has_enough_concepts_in_all_languages():
    report = import_table(SHIPPED.read_bytes())
    assert report.problems == []
    facts = concepts()
    assert len(facts) >= 400
    for fact in facts:
        for language in ("az", "tr", "en", "ru", "kk"):
            assert fact.preferred(language), (fact.code, language)
    rich = [
        fact
        for fact in facts
        if len({term.language for term in fact.terms if term.role != "preferred"}) >= 2
    ]
    assert len(rich) >= 300
