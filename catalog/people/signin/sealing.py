"""Secrets of the second step in the rows of the library for accounts."""

from __future__ import annotations

from typing import Any

from home.secrets import decrypt, encrypt

# The key of the app; what recovery codes are made of; codes brought over from elsewhere.
_SEALED = ("secret", "seed")
_SEALED_LISTS = ("migrated_codes",)


def renewed(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` of a row, its secrets written with the newest key. Raises UnreadableSecret."""
    one = {name: encrypt(decrypt(data[name])) for name in _SEALED if name in data}
    many = {
        name: [encrypt(decrypt(sealed)) for sealed in data[name]]
        for name in _SEALED_LISTS
        if name in data
    }
    return data | one | many
