"""Judged queries are read strictly and scored by the usual formulas."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from search.evaluation import Judged, Outcome, UnreadableFile, read, report
from search.evaluation.scores import ndcg, recall, reciprocal_rank
from search.rebuild import rebuild
from tests.factories import make_course
from tests.services.installed_site import install_site

HEADER = "query,language,intent,type,expected\n"


def written(tmp_path, text: str):
    path = tmp_path / "judged.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_grades_say_what_was_sought_and_what_is_only_near(tmp_path):
    (judged,) = read(written(tmp_path, HEADER + "elektron,az,exact,,A-1=3 A-2 A-3=1\n"))
    assert (judged.type, dict(judged.grades)) == ("course", {"A-1": 3, "A-2": 3, "A-3": 1})
    assert judged.answers == {"A-1", "A-2"}


@pytest.mark.parametrize(
    "text",
    ["query,language\na,az\n", HEADER + "a,az,exact,,A=9\n", HEADER + "a,az,exact,planet,A\n"],
)
def test_a_table_that_makes_no_sense_is_refused(tmp_path, text):
    with pytest.raises(UnreadableFile):
        read(written(tmp_path, text))


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(CommandError):
        call_command("evaluate_search", tmp_path / "nowhere.csv")


def test_the_first_wanted_result_counts_by_its_rank():
    wanted = frozenset({"A", "B"})
    assert reciprocal_rank(["A"], wanted) == 1
    assert reciprocal_rank(["X", "Y", "B", "A"], wanted) == pytest.approx(1 / 3)
    assert reciprocal_rank(["X"] * 10 + ["A"], wanted) == 0
    assert recall(["X", "B"], wanted) == 0.5


def test_the_best_order_gains_most():
    grades = {"A": 3, "B": 1}
    assert ndcg(["A", "B"], grades) == 1
    assert 0 < ndcg(["B", "A"], grades) < 1
    assert ndcg(["X"], grades) == 0


def test_queries_that_nothing_answers_are_scored_apart():
    idle = Judged("plov", "az", "nothing", "course", {})
    asked = Judged("vergi", "az", "exact", "course", {"A": 3})
    found = report(
        [Outcome(idle, ("X", "Y"), 2, "relaxed", True), Outcome(asked, ("A",), 1, "strict", False)]
    )
    assert (found.whole.count, found.whole.mrr, found.whole.empty) == (1, 1.0, 0.0)
    assert (found.unanswerable, found.noise, found.told) == (1, 2, 1.0)


@pytest.mark.django_db
def test_the_command_prints_scores_and_what_failed(settings, tmp_path):
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    install_site()
    make_course({"az": "Elektron hökumət"}, code="EGOV-101")
    rebuild()
    path = written(tmp_path, HEADER + "hökumət,az,exact,,EGOV-101\nvergi,az,synonym,,TAX-1\n")
    out = StringIO()
    call_command("evaluate_search", path, failures=True, stdout=out)
    assert "vergi | wanted TAX-1" in out.getvalue()
    out = StringIO()
    call_command("evaluate_search", path, json=True, stdout=out)
    assert json.loads(out.getvalue())["intents"]["exact"]["mrr"] == 1.0
