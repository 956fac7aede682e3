"""``manage.py evaluate_search FILE``: how well search answers judged queries."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.engines import get_engine
from search.evaluation import Outcome, Report, Scores, UnreadableFile, ask, read, report
from search.evaluation.running import NotAnswered
from search.evaluation.scores import reciprocal_rank


class Command(BaseCommand):
    """Asks each query through the API with the engine that the settings choose."""

    help = "Score judged queries: MRR, recall and nDCG of the first ten results."

    def add_arguments(self, parser) -> None:
        """The file is CSV: query, language, intent, type, expected."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the scores as JSON.")
        parser.add_argument("--failures", action="store_true", help="List what is not found first.")

    def handle(self, *args, file: Path, **options) -> None:
        """Ask and report."""
        try:
            outcomes = [ask(judged) for judged in read(file)]
        except (UnreadableFile, NotAnswered) as problem:
            raise CommandError(str(problem)) from problem
        found = report(outcomes)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), indent=1))
            return
        self.stdout.write(get_engine().health().detail)
        for line in _table(found):
            self.stdout.write(line)
        if options["failures"]:
            for outcome in outcomes:
                if line := _failure(outcome):
                    self.stdout.write(line)


def _table(found: Report) -> list[str]:
    lines = [f"{'':16} queries   MRR  recall  nDCG  empty", _line("all", found.whole)]
    for group in (found.intents, found.languages):
        lines += [_line(name, scores) for name, scores in group.items()]
    lines.append(
        f"{found.unanswerable} queries that nothing answers: {found.noise:.2f} results on average, "
        f"{found.told:.0%} with a sentence that says so"
    )
    return lines


def _line(name: str, scores: Scores) -> str:
    figures = f"{scores.mrr:6.3f}  {scores.recall:6.3f} {scores.ndcg:5.3f} {scores.empty:6.1%}"
    return f"{name:16} {scores.count:7} {figures}"


def _failure(outcome: Outcome) -> str:
    """One line for a query whose first result is not wanted; "" for a good one."""
    judged = outcome.judged
    if judged.grades and reciprocal_rank(outcome.codes, judged.answers) == 1.0:
        return ""
    if not (judged.grades or outcome.total):
        return ""
    wanted = " ".join(sorted(judged.answers)) or "nothing"
    codes = " ".join(outcome.codes[:5]) or "nothing"
    head = f"{judged.intent:14} {judged.language} {judged.query}"
    return f"{head} | wanted {wanted} | {outcome.step} {outcome.total}: {codes}"
