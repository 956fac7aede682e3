"""Importing real files: what a university publishes and what a secretary saves from Excel."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Course, CourseRun, CourseText
from search.models import OutboxEntry
from tests.factories import locale, make_course, make_provider

DATA = Path(__file__).parents[1] / "data"
UNITN, EXCEL = DATA / "unitn", DATA / "excel"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _providers():
    for language in ("az", "tr", "en", "ru", "kk"):
        locale(language)
    make_provider("unitn", country="it")
    make_provider("akademiya")


def run(*args, **kwargs) -> str:
    """The command's output."""
    out = StringIO()
    call_command("import_courses", *map(str, args), stdout=out, **kwargs)
    return out.getvalue()


def unitn_rows() -> list[tuple[str, ...]]:
    with (UNITN / "courses_it.csv").open(encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_a_catalogue_without_a_key_column_is_imported_once_per_distinct_row():
    rows = unitn_rows()
    out = run(UNITN / "courses_it.csv", "--mapping", UNITN / "mapping.json")
    distinct = len(set(rows))
    assert distinct < len(rows)
    assert Course.objects.filter(source="unitn").count() == distinct
    assert f"{len(rows) - distinct} duplicate" in out
    assert f"{distinct} new" in out


def test_duplicates_are_named_with_the_row_they_repeat():
    out = run(UNITN / "courses_it.csv", "--mapping", UNITN / "mapping.json")
    assert "the same course as row" in out


def test_a_language_outside_the_five_is_kept_as_it_is():
    run(UNITN / "courses_it.csv", "--mapping", UNITN / "mapping.json")
    course = Course.objects.filter(source="unitn").first()
    assert [row.language for row in course.languages.all()] == ["it"]
    text = course.texts.get()
    assert text.locale.language_code == "en"
    assert text.language == "it"


def test_a_second_import_writes_nothing():
    run(UNITN / "courses_it.csv", "--mapping", UNITN / "mapping.json")
    before = set(Course.objects.values_list("pk", "updated_at"))
    out = run(UNITN / "courses_it.csv", "--mapping", UNITN / "mapping.json")
    assert "unchanged" in out
    assert "Wrote 0 courses." in out
    assert set(Course.objects.values_list("pk", "updated_at")) == before


@pytest.mark.parametrize(
    ("name", "code", "title", "start"),
    [
        ("kurslar_utf8.csv", "EGOV-301", "Şəhər idarəçiliyində rəqəmsal xidmətlər", (2027, 3, 14)),
        ("kurslar_utf8.csv", "HR-303", "Kamu personeli için etkili iletişim", (2027, 8, 3)),
        ("kurslar_cp1254.csv", "TR-401", "İhale süreçleri ve şeffaflık", (2027, 2, 12)),
        ("kurslar_cp1254.csv", "TR-402", "Afet yönetiminde eşgüdüm", (2027, 9, 20)),
    ],
)
def test_a_file_from_excel_is_read_with_its_letters_and_dates(name, code, title, start):
    run(EXCEL / name, "--mapping", EXCEL / "mapping.json")
    course = Course.objects.get(code=code)
    assert course.texts.get().title == title
    run_ = course.runs.get()
    assert run_.start == datetime(*start, tzinfo=ZoneInfo("Asia/Baku"))
    assert run_.enrolment_end.astimezone(ZoneInfo("Asia/Baku")).strftime("%H:%M") == "23:59"
    assert run_.seats in {18, 24, 25, 40}


def test_hours_and_minutes_become_workload():
    run(EXCEL / "kurslar_utf8.csv", "--mapping", EXCEL / "mapping.json")
    assert Course.objects.get(code="EGOV-301").workload == 720
    assert Course.objects.get(code="FIN-302").workload == 90


def test_new_texts_are_drafts_unless_published():
    run(EXCEL / "kurslar_utf8.csv", "--mapping", EXCEL / "mapping.json")
    assert not CourseText.objects.filter(live=True).exists()
    CourseText.objects.all().delete()
    Course.objects.all().update(source_hash="")
    run(EXCEL / "kurslar_utf8.csv", "--mapping", EXCEL / "mapping.json", "--publish")
    assert CourseText.objects.filter(live=True).count() == 3


def test_a_dry_run_says_everything_and_writes_nothing():
    OutboxEntry.objects.all().delete()
    out = run(EXCEL / "kurslar_utf8.csv", "--mapping", EXCEL / "mapping.json", "--dry-run")
    assert "3 new" in out
    assert "nothing was written" in out
    assert not Course.objects.exists()
    assert not OutboxEntry.objects.exists()


def bad_file(tmp_path: Path, **wrong: object) -> Path:
    good = {"code": "A-1", "title_az": "Yaxşı kurs", "provider": "akademiya"}
    rows = [good, {**good, "code": "A-2", **wrong}]
    path = tmp_path / "courses.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"provider": "nobody"}, "there is no provider “nobody”"),
        ({"title_az": ""}, "no title in any language"),
        ({"run_start": "31.02.2027"}, "not a day that exists"),
        ({"run_start": "soon"}, "is not a date"),
        ({"run_start": "05.03.2027", "run_end": "01.03.2027"}, "lies before the start"),
        ({"seats": "-3"}, "not a whole number"),
        ({"kind": "webinar"}, "is not one of: course, live"),
        ({"teaching": "klingon"}, "not a language tag"),
        ({"code": "<script>"}, "characters that a code may not have"),
        ({"title_az": "x" * 300}, "longer than 255 characters"),
        ({"contact_email": "office"}, "not an e-mail address"),
        ({"subjects": "astrology"}, "not known: astrology"),
        ({"code": "../../etc/passwd"}, "characters that a code may not have"),
        ({"code": "a/../b"}, "characters that a code may not have"),
        ({"run_start": "01.01.0001"}, "outside the years"),
        ({"run_end": "31.12.9999"}, "outside the years"),
        ({"run_end": "31.12.2027"}, "a run that ends must also start"),
        ({"run_language": "Azərbaycan"}, "not a language tag"),
        ({"title_az": {"az": "Kurs"}}, "this is a JSON object, not text"),
        ({"outline_az": [["nested"]]}, "this is a JSON object, not text"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(tmp_path, wrong, words):
    path = bad_file(tmp_path, **wrong)
    out = StringIO()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_courses", str(path), stdout=out)
    assert words in out.getvalue()
    assert "2: bad" in out.getvalue()
    assert not Course.objects.exists()


def test_good_rows_are_imported_when_bad_ones_are_skipped(tmp_path):
    out = run(bad_file(tmp_path, provider="nobody"), "--skip-bad")
    assert "1 bad, 1 new" in out
    assert list(Course.objects.values_list("code", flat=True)) == ["A-1"]


def test_words_a_person_has_edited_are_left_alone(tmp_path):
    path = bad_file(tmp_path)
    run(path)
    text = CourseText.objects.get(course__code="A-1")
    text.title = "İnsanın yazdığı ad"
    text.save_revision()
    text.save()
    rows = json.loads(path.read_text())
    rows[0]["title_az"] = "Faylın yeni adı"
    path.write_text(json.dumps(rows))
    out = run(path)
    text.refresh_from_db()
    assert text.title == "İnsanın yazdığı ad"
    assert "1 texts edited by people were left as they are" in out


def test_changed_facts_are_updated_and_announced(tmp_path):
    path = bad_file(tmp_path)
    run(path)
    OutboxEntry.objects.all().delete()
    rows = json.loads(path.read_text())
    rows[1]["workload"] = "3 saat"
    path.write_text(json.dumps(rows))
    assert "1 changed, 1 unchanged" in run(path)
    course = Course.objects.get(code="A-2")
    assert course.workload == 180
    assert set(OutboxEntry.objects.values_list("key", flat=True)) == {f"course:{course.pk}"}


def test_an_interrupted_import_is_resumed_by_starting_it_again(tmp_path, monkeypatch):
    rows = [
        {"code": f"R-{i}", "title_az": f"Kurs {i}", "provider": "akademiya"} for i in range(1200)
    ]
    path = tmp_path / "courses.json"
    path.write_text(json.dumps(rows))
    from catalog.importing import run as module

    real, calls = module.write_batch, []

    def failing(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(module, "write_batch", failing)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert Course.objects.count() == 500
    monkeypatch.setattr(module, "write_batch", real)
    out = run(path)
    assert "700 new, 500 unchanged" in out
    assert Course.objects.count() == 1200


def file_of(folder: Path, count: int, prefix: str) -> Path:
    rows = [
        {
            "code": f"{prefix}-{i}",
            "title_az": f"Kurs {i}",
            "title_en": f"Course {i}",
            "provider": "akademiya",
            "teaching": "az",
            "run_start": "2027-03-01",
        }
        for i in range(count)
    ]
    path = folder / f"{prefix}.json"
    path.write_text(json.dumps(rows))
    return path


def test_statements_per_batch_do_not_grow_with_its_size(tmp_path):
    def counted(count: int, prefix: str) -> Counter:
        with CaptureQueriesContext(connection) as queries:
            run(file_of(tmp_path, count, prefix))
        return Counter(query["sql"].split()[0] for query in queries)

    few, many = counted(50, "FEW"), counted(400, "MANY")
    assert CourseRun.objects.count() == 450
    assert few["SELECT"] == many["SELECT"]
    assert few["UPDATE"] == many["UPDATE"]
    # One statement takes as many rows as the database allows it parameters, never one row.
    assert many["INSERT"] < 60


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        ("broken.json", b'[{"code": ', "JSON cannot be read"),
        ("deep.json", b"[" * 100_000, "nested too deeply|cannot be read"),
        ("number.json", b"42", "neither a list"),
        ("twice.csv", b"code;code\n1;2\n", "appear twice"),
        ("quote.csv", b'code,title_az\n"A-1,unfinished\n', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(path)


def test_a_folder_or_a_missing_file_gets_a_sentence(tmp_path):
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / ".." / "nowhere" / "x.csv"):
        with pytest.raises(CommandError, match="is not a file"):
            run(path)


def test_a_mapping_to_columns_that_do_not_exist_is_refused(tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"columns": {"Ad": "titel_az"}}')
    with pytest.raises(CommandError, match="columns we do not have: titel_az"):
        run(EXCEL / "kurslar_utf8.csv", "--mapping", mapping)


def test_a_code_that_another_course_has_is_named_with_its_owner(tmp_path):
    make_course(code="A-1")
    path = bad_file(tmp_path)
    run(path, "--skip-bad")
    out = run(path, "--skip-bad", "--source", "other")
    assert "“A-1” belongs to a course that was written in the admin" in out
    assert "“A-2” belongs to a course of the source “courses”" in out
    assert "add --source courses" in out
    assert Course.objects.count() == 2


def test_two_rows_with_different_keys_cannot_share_a_code(tmp_path):
    mapping, path = tmp_path / "mapping.json", tmp_path / "courses.json"
    mapping.write_text('{"key": ["title_az"]}')
    row = {"code": "A-1", "provider": "akademiya"}
    path.write_text(json.dumps([row | {"title_az": "Bir"}, row | {"title_az": "İki"}]))
    with pytest.raises(CommandError, match="Nothing was written"):
        run(path, "--mapping", mapping)
    assert "“A-1” is the code of row 1 already" in run(path, "--mapping", mapping, "--skip-bad")


def test_verdicts_are_kept_as_a_table_that_no_spreadsheet_runs(tmp_path):
    path, out = bad_file(tmp_path, title_az="=HYPERLINK(1)", provider="nobody"), tmp_path / "v.csv"
    run(path, "--skip-bad", "--verdicts", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        table = {row["row"]: row for row in csv.DictReader(file)}
    assert table["1"]["verdict"] == "new"
    assert table["2"]["verdict"] == "bad"
    assert table["2"]["title"] == "'=HYPERLINK(1)"
    assert "no provider" in table["2"]["reasons"]


@pytest.mark.parametrize("option", ["--verdicts", "--mapping"])
def test_a_path_that_leads_nowhere_gets_a_sentence(tmp_path, option):
    with pytest.raises(CommandError, match=r"nowhere|cannot be read|is not a file"):
        run(bad_file(tmp_path), option, tmp_path / "nowhere" / "x.json")
