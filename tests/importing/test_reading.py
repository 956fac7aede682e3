"""Files as people save them, and files nobody should: rows or a sentence, never a traceback."""

from __future__ import annotations

import json
import os
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.importing.mapping import FACTS, RUN, TEXTS, Mapping, clean
from catalog.importing.problems import UnreadableFile
from catalog.importing.reading import MAX_CELL, read_rows
from tests.factories import locale, make_provider

PER_FUNCTION = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
COLUMNS = [*FACTS, *RUN, *(f"{name}_{language}" for name in TEXTS for language in ("az", "kk"))]


def write(folder: Path, content: bytes | str, name: str = "courses.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(folder: Path, content: bytes | str, name: str = "courses.csv") -> list[dict]:
    return [row for _number, row in read_rows(write(folder, content, name))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254"])
def test_turkish_letters_survive_every_way_of_saving(tmp_path, encoding):
    text = "code;title_tr\r\nA-1;İhale süreçleri ve şeffaflık: ağ, ölçü, ÜÇ\r\n"
    assert rows(tmp_path, text.encode(encoding)) == [
        {"code": "A-1", "title_tr": "İhale süreçleri ve şeffaflık: ağ, ölçü, ÜÇ"}
    ]


def test_russian_letters_of_an_old_excel_are_not_taken_for_turkish_ones(tmp_path):
    text = "code;title_ru\r\nR-1;Государственные закупки\r\n"
    assert rows(tmp_path, text.encode("cp1251"))[0]["title_ru"] == "Государственные закупки"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_separator_is_recognised(tmp_path, delimiter):
    text = f"code{delimiter}title_az\nA-1{delimiter}Kurs\n"
    assert rows(tmp_path, text) == [{"code": "A-1", "title_az": "Kurs"}]


def test_what_excel_leaves_behind_does_no_harm(tmp_path):
    text = "sep=;\r\ncode;title_az;;;\r\nA-1;Kurs;;;\r\n;;;;\r\nA-2;Kurs iki;;;\r\n"
    path = write(tmp_path, text)
    assert list(read_rows(path)) == [
        (3, {"code": "A-1", "title_az": "Kurs"}),
        (5, {"code": "A-2", "title_az": "Kurs iki"}),
    ]


def test_a_cell_may_hold_lines_and_odd_separators_of_lines(tmp_path):
    text = 'code,about_az\nA-1,"bir\niki"\nA-2,üç\u2028dörd\x0bbeş\n'
    assert [row["about_az"] for row in rows(tmp_path, text)] == ["bir\niki", "üç\u2028dörd\x0bbeş"]


def test_objects_may_stand_one_per_line_and_a_broken_line_is_only_one_bad_row(tmp_path):
    text = '{"code": "A-1"}\n\n{"code": \n{"code": "A-2"}\n'
    path = write(tmp_path, text, "courses.jsonl")
    assert list(read_rows(path)) == [(1, {"code": "A-1"}), (3, None), (4, {"code": "A-2"})]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("wide.csv", ";" * 10**6 + "\nA-1\n", "has no header line"),
        ("wide.csv", ";".join(f"c{i}" for i in range(10**5)) + "\n1\n", "at most 1000 are read"),
        ("wider.csv", "code;" * 10**6 + "\nA-1\n", "longer than 2000000 characters"),
        ("twice.csv", "code;" * 10**5 + "\nA-1\n", "columns"),
        ("cell.csv", "code,title_az\nA-1," + "x" * (MAX_CELL + 1) + "\n", "a cell has more than"),
        ("open.csv", 'code,title_az\nA-1,"open\n' + "x\n" * 10**5, "quotation mark is not closed"),
        ("after.csv", 'code,title_az\nA-1,"closed"x\n', "follows a closing quotation mark"),
        ("blank.csv", "\n \n\t\n", "is empty"),
        ("header.csv", ";;;\n1;2;3\n", "no header line"),
        ("broken16.csv", b"\xff\xfea", "letters cannot be read"),
        ("neither.csv", b"code\n\x81\x8d\x98\xff\xfe\n", "letters cannot be read"),
        ("program.csv", b"\x7fELF\x02\x01\x01\x00\x00\x00", "not a text file"),
        ("digits.json", "[" + "9" * 5000 + "]", "cannot be read"),
        ("scalar.json", '{"courses": 5}', "neither a list"),
    ],
)
def test_a_hopeless_file_gets_a_sentence(tmp_path, name, content, words):
    with pytest.raises(UnreadableFile, match=words):
        rows(tmp_path, content, name)


def test_a_row_with_a_million_cells_names_what_stands_beyond_the_header(tmp_path):
    path = write(tmp_path, "code,title_az\nA-1,Kurs" + "," * 10**6 + "stray\n")
    (_number, row) = next(read_rows(path))
    assert Mapping(source="any").oddities(row) == [
        "“stray” stands beyond the last column of the header."
    ]


def test_paths_that_are_no_files_get_a_sentence(tmp_path):
    pipe, loop, shut = tmp_path / "pipe", tmp_path / "loop", tmp_path / ("x" * 300)
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (pipe, loop, shut, Path("/dev/zero"), Path("/proc/self/mem/x"), Path("a\0b")):
        with pytest.raises(UnreadableFile):
            list(read_rows(path))
        with pytest.raises(UnreadableFile):
            Mapping.load(path, "any")


@pytest.mark.parametrize(
    "content", ["[]", "5", '{"columns": []}', '{"key": "code"}', "[" * 10**5, '{"source": ""}', ""]
)
def test_a_mapping_of_the_wrong_shape_gets_a_sentence(tmp_path, content):
    with pytest.raises(UnreadableFile, match=r"mapping|source"):
        Mapping.load(write(tmp_path, content, "mapping.json"), "any")


@PER_FUNCTION
@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.json", "x.jsonl"]))
def test_any_bytes_are_read_or_refused(tmp_path, content, name):
    try:
        found = rows(tmp_path, content, name)
    except UnreadableFile:
        return
    assert isinstance(found, list)


@PER_FUNCTION
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_words_come_back_from_json_as_they_were(tmp_path, words):
    content = json.dumps([{"title_az": word} for word in words])
    assert [row["title_az"] for row in rows(tmp_path, content, "x.json")] == words


@given(st.text())
def test_clean_text_has_no_control_characters_and_stays_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in cleaned)
    cleaned.encode()


NASTY = st.sampled_from(
    "A-1 akademiya az,tr 14.03.2027 31.12.9999 12:99 12:30 1,5saat -1 99999999 course self "
    "scheduled open classroom a@b.az \x00 \ud800 ../.. %s {{x}} <b> ' ; 0".split()
) | st.text(max_size=40)


@pytest.fixture
def academy(db):
    for language in ("az", "kk"):
        locale(language)
    make_provider("akademiya")


@PER_FUNCTION
@given(
    st.lists(st.dictionaries(st.sampled_from(COLUMNS), NASTY, max_size=12), min_size=1, max_size=4)
)
def test_any_rows_are_imported_or_refused_one_by_one(academy, tmp_path, found):
    good = {"provider": "akademiya", "title_az": "Kurs"}
    rows = [good | {"code": f"A-{i}"} | row for i, row in enumerate(found)]
    path, out = write(tmp_path, json.dumps(rows), "rows.json"), StringIO()
    call_command("import_courses", str(path), "--skip-bad", "--publish", stdout=out)
    counted = re.search(r"Rows: (.*)\.", out.getvalue())[1]
    assert sum(int(number) for number in re.findall(r"\d+", counted)) == len(found)
