"""A fingerprint of the analysis: when it changes, an index has to be rebuilt."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.metadata import version

from home.languages import collation, folding

from .elastic import analysis_settings


@lru_cache(maxsize=1)
def analysis_hash() -> str:
    """Twelve characters that stand for every table the index was made with."""
    tables = [
        analysis_settings(),
        [folding.SKELETON, folding.SKELETON_LATIN, folding.SKELETON_MERGES],
        collation.ALPHABETS,
        version("snowballstemmer"),
    ]
    text = json.dumps(tables, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
