"""Names and Role Provisioning: who has a place. The tool creates and enrols everybody listed."""

from __future__ import annotations

from typing import Any

from catalog.lms.values import Person

from .grading import entry_for
from .launch import MEMBERS, ROLE
from .replies import Refused, Reply
from .stores import Platform

KIND = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


def members(platform: Platform, authorization: str, entry_id: str, link_id: str = "") -> Reply:
    """GET; ``link_id`` is the parameter rlid, which may only name this very course."""
    try:
        entry = entry_for(platform, authorization, entry_id, MEMBERS)
        if link_id not in ("", entry.id):
            raise Refused(404, "not_found")
    except Refused as refused:
        return refused.reply()
    told = {
        "id": platform.members_url(entry),
        "context": {"id": entry.id, "label": entry.label or entry.id, "title": entry.title},
        "members": [_told(person) for person in platform.directory.members(entry)],
    }
    return Reply(200, told, KIND)


def _told(person: Person) -> dict[str, Any]:
    told = {
        "user_id": person.username,
        "name": f"{person.first_name} {person.last_name}".strip(),
        "given_name": person.first_name,
        "family_name": person.last_name,
        "email": person.email,
    }
    roles = [f"{ROLE}{role}" for role in person.roles or ("Learner",)]
    return {name: value for name, value in told.items() if value} | {
        "status": "Active",
        "roles": roles,
    }
