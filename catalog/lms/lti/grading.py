"""Assignment and Grade Services: tools keep columns of grades here and send scores."""

from __future__ import annotations

import json
import math
from typing import Any

from catalog.lms.reading import iso, number, text

from .access import client_of
from .launch import LINE_ITEM, LINE_ITEM_READ, SCORE
from .replies import Refused, Reply
from .stores import Entry, LineItem, Platform, Score

ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
LONGEST_BODY = 64 * 1024
MOST_ITEMS = 50


def line_items(
    platform: Platform, authorization: str, entry_id: str, method: str, body: bytes, tag: str = ""
) -> Reply:
    """GET lists the columns (of one ``tag`` if asked), POST adds one."""
    try:
        if method not in ("GET", "POST"):
            raise Refused(405, "method_not_allowed")
        scopes = (LINE_ITEM,) if method == "POST" else (LINE_ITEM, LINE_ITEM_READ)
        entry = entry_for(platform, authorization, entry_id, *scopes)
        if method == "POST":
            return _add(platform, entry, body)
        found = [item for item in platform.grades.line_items(entry) if tag in ("", item.tag)]
        return Reply(200, [_told(platform, entry, item) for item in found], ITEMS_TYPE)
    except Refused as refused:
        return refused.reply()


def line_item(platform: Platform, authorization: str, entry_id: str, item_id: str) -> Reply:
    """GET of one column."""
    try:
        entry = entry_for(platform, authorization, entry_id, LINE_ITEM, LINE_ITEM_READ)
        item = _item(platform, entry, item_id)
        return Reply(200, _told(platform, entry, item), ITEM_TYPE)
    except Refused as refused:
        return refused.reply()


def scores(
    platform: Platform, authorization: str, entry_id: str, item_id: str, body: bytes
) -> Reply:
    """POST of a score; one that is older than the stored one changes nothing."""
    try:
        entry = entry_for(platform, authorization, entry_id, SCORE)
        item, score = _item(platform, entry, item_id), read_score(_object(body))
        if not platform.directory.knows(entry, score.subject):
            raise Refused(404, "unknown_user")
        is_new = platform.grades.put_score(entry, item, score)
        return Reply(204) if is_new else Reply(409, {"error": "outdated"})
    except Refused as refused:
        return refused.reply()


def entry_for(platform: Platform, authorization: str, entry_id: str, *scopes: str) -> Entry:
    """The course, if it is one of the tool that asks."""
    registration = client_of(platform, authorization, *scopes)
    entry = platform.directory.entry(entry_id)
    if entry is None or entry.client_id != registration.client_id:
        raise Refused(404, "not_found")
    return entry


def read_score(sent: dict[str, Any]) -> Score:
    """Moodle sends ``scoreGiven`` as a string and an offset without colon; both are taken."""
    subject, at = text(sent.get("userId"), 200), iso(sent.get("timestamp"))
    given, maximum = number(sent.get("scoreGiven")), number(sent.get("scoreMaximum"))
    is_number = sent.get("scoreGiven") is None or given is not None
    if not subject or at is None or not is_number:
        raise Refused(400, "invalid_score")
    if given is not None and (given < 0 or not maximum or maximum <= 0):
        raise Refused(400, "invalid_score")
    return Score(
        subject=subject,
        given=given,
        maximum=maximum,
        is_final=sent.get("gradingProgress") == "FullyGraded",
        is_completed=sent.get("activityProgress") == "Completed",
        at=at,
    )


def _add(platform: Platform, entry: Entry, body: bytes) -> Reply:
    sent = _object(body)
    maximum = number(sent.get("scoreMaximum"))
    label = text(sent.get("label"), 200)
    if not label or maximum is None or not math.isfinite(maximum) or maximum <= 0:
        raise Refused(400, "invalid_line_item")
    if len(platform.grades.line_items(entry)) >= MOST_ITEMS:
        raise Refused(403, "too_many_line_items")
    resource = sent.get("resourceId")
    # A number in Moodle, a string in the standard.
    resource_id = str(resource)[:200] if isinstance(resource, (str, int)) else ""
    item = LineItem(label, maximum, resource_id, text(sent.get("tag"), 200))
    item = platform.grades.add_line_item(entry, item)
    return Reply(201, _told(platform, entry, item), ITEM_TYPE)


def _item(platform: Platform, entry: Entry, item_id: str) -> LineItem:
    for item in platform.grades.line_items(entry):
        if item.id == item_id:
            return item
    raise Refused(404, "not_found")


def _told(platform: Platform, entry: Entry, item: LineItem) -> dict[str, Any]:
    told = {
        "id": f"{platform.line_items_url(entry)}{item.id}",
        "label": item.label,
        "scoreMaximum": item.maximum,
        "resourceId": item.resource_id,
        "resourceLinkId": entry.id,
        "tag": item.tag,
    }
    return {name: value for name, value in told.items() if value}


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > LONGEST_BODY:
        raise Refused(413, "too_large")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "invalid_json") from error
    if not isinstance(sent, dict):
        raise Refused(400, "invalid_json")
    return sent
