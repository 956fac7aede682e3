"""The training status as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.selectors.training_status import TrainingStatus, training_status
from home.navigation import active_language
from home.spreadsheets import harmless


@require_safe
def status_file(request: HttpRequest) -> HttpResponse:
    """The table of one period; cells that are not shown are empty."""
    wanted = request.GET.get("period", "")
    status = training_status(wanted, active_language(), timezone.now())
    name = f"training-status-{status.period}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )
    # Spreadsheets know UTF-8 by this sign.
    response.write("\ufeff")
    csv.writer(response).writerows(_rows(status))
    return response


def _rows(status: TrainingStatus) -> Iterator[list[object]]:
    yield [
        _("Code"),
        _("Provider"),
        _("Region"),
        _("Period"),
        _("Runs held"),
        _("Sessions"),
        _("Seats"),
        _("Seats taken"),
        _("Seats left empty"),
        _("Hours of learning"),
    ]
    for provider in status.providers:
        for row in provider.rows:
            known = row.figures
            yield [
                *(harmless(cell) for cell in (provider.code, provider.name, row.region)),
                status.period,
                *(known.runs, known.sessions, known.seats, *known.of_people),
            ]
