"""The default embedder learns anew when the catalogue has become another one."""

from __future__ import annotations

import logging
from datetime import datetime

import numpy as np
from django.db.models import Q

from catalog.models import CourseText
from home.models import Concept
from search.engine import EngineUnavailable
from search.engines import get_indexes
from search.models import SearchIndex
from search.rebuild import rebuild
from search.registry import is_known

from .keeping import current, trained_at
from .learning import train_on_catalogue

logger = logging.getLogger(__name__)

# This share of the texts and concepts must be new or changed.
ENOUGH = 0.1


def renew() -> bool:
    """Train and rebuild where it is worth it; whether it was done. For once a day.

    Only where this host has all the indexes: others need a copy of the files, which somebody makes.
    """
    moment = trained_at()
    if moment is None or not _is_alone():
        return False
    if changed_since(moment) >= ENOUGH:
        train_on_catalogue()
    if _has_vectors():
        return False
    logger.info("The embedder was trained anew; the search index is rebuilt with its vectors.")
    rebuild()
    return True


def changed_since(moment: datetime) -> float:
    """The share of published texts and concepts that are newer than ``moment``."""
    texts, concepts = CourseText.objects.filter(live=True), Concept.objects.all()
    newer = Q(last_published_at__gt=moment) | Q(first_published_at__gt=moment)
    changed = texts.filter(newer).count() + concepts.filter(updated_at__gt=moment).count()
    return changed / max(1, texts.count() + concepts.count())


def _is_alone() -> bool:
    try:
        own = [index.live() for index in get_indexes()]
    except EngineUnavailable:
        return False
    others = SearchIndex.objects.filter(is_built=True).exclude(name__in=own)
    return all(map(is_known, own)) and not others.exists()


def _has_vectors() -> bool:
    """False where a training was not followed by a rebuild: killed, or started by hand."""
    embedder = current()
    if embedder is None:
        return True
    probe = np.full(embedder.dimensions, embedder.dimensions**-0.5, np.float32)
    return all(index.nearest(probe, embedder.version, (), 1) for index in get_indexes())
