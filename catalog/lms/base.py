"""The interface behind which every LMS looks the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Launch:
    """Where a person is sent: ``url`` is absolute, ``host`` is what the page shows of it."""

    url: str
    host: str


class Connector(ABC):
    """Speaks to one LMS; built from plain options, so that it can be tried before it is saved."""

    kind: ClassVar[str]

    def __init__(self, options: Mapping[str, str]) -> None:
        self.options = options

    @abstractmethod
    def problems(self) -> list[str]:
        """What is wrong with the options, one sentence each, in the reader's language."""

    @abstractmethod
    def launch(self, key: str, language: str) -> Launch | None:
        """Where a person enters the course ``key``; None when the options do not allow it."""
