"""The interface behind which every LMS looks the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from .reasons import Reason
from .results import Result, Trouble
from .services import Services
from .values import (
    WHOLE_COURSE,
    Ability,
    Account,
    Check,
    Field,
    Launch,
    Part,
    Period,
    Person,
    Place,
    Progress,
    RemoteCourse,
)

T = TypeVar("T")


class Connector(ABC):
    """Speaks to one LMS; built from plain options, so that it can be tried before it is saved.

    Nothing but ``list`` ever raises for what an LMS does: the answer is a ``Result``. Everything
    may be repeated: an enrolment that is there already is left as it is.
    """

    kind: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]] = ()
    abilities: ClassVar[frozenset[Ability]] = frozenset()

    def __init__(self, options: Mapping[str, str], services: Services | None = None) -> None:
        self.options = {name: str(value).strip() for name, value in options.items()}
        self.services = services or Services.from_settings()

    @abstractmethod
    def problems(self) -> list[str]:
        """What is wrong with the options, one sentence each, in the reader's language."""

    @abstractmethod
    def launch(self, key: str, language: str) -> Launch | None:
        """Where anybody enters the course ``key``; asks nobody. None when options forbid it."""

    def check(self) -> Check:
        """Asks the LMS what the portal may do there; for the admin, not for every call."""
        return Check.of_problems(self.problems())

    def list(self, skip: Collection[str] = ()) -> Iterator[Part]:
        """Every course the LMS shows, part by part; parts whose key is in ``skip`` are left out.

        Raises ``Trouble`` anywhere: only what ends without it is complete.
        """
        raise self.not_offered()

    def get(self, key: str) -> Result[RemoteCourse]:
        """One course as it stands there now."""
        return self.not_offered().result()

    def ensure_user(self, person: Person) -> Result[Account]:
        """The person's account there: found (already) or created (done)."""
        return Result(Reason.ALREADY, Account(person.username, person.username))

    def enrol(
        self, account: Account, key: str, *, period: Period = WHOLE_COURSE, enrolment_key: str = ""
    ) -> Result[Place]:
        """Puts the person into the course and reads back; what is there already is not touched.

        Window, seats and eligibility are decided before: most LMSs do not look.
        """
        return Result(Reason.AT_LAUNCH, Place.NONE)

    def unenrol(self, account: Account, key: str) -> Result[Place]:
        """Takes back the place that ``enrol`` gave."""
        return Result(Reason.AT_LAUNCH, Place.NONE)

    def status(self, account: Account, key: str) -> Result[Place]:
        """Whether the person is in the course now."""
        return self.not_offered().result()

    def progress(self, account: Account, key: str) -> Result[Progress]:
        """How far the person has come."""
        return self.not_offered().result()

    def launch_url(self, account: Account, key: str, language: str) -> Result[Launch]:
        """Where this person enters the course, signed in if the LMS allows it; use it at once."""
        launch = self.launch(key, language)
        return Result(Reason.DONE, launch) if launch else self.incomplete().result()

    def asked(self, question: Callable[[Any], Result[T]]) -> Result[T]:
        """The door at which trouble becomes an answer; ``question`` is given the ``site``."""
        try:
            return question(self.site())
        except Trouble as trouble:
            return trouble.result()

    def site(self) -> Any:
        """What speaks to the LMS, for kinds that ask one. Raises ``Trouble``."""
        raise self.not_offered()

    @staticmethod
    def not_offered() -> Trouble:
        """What this kind of LMS cannot do."""
        return Trouble(Reason.NOT_OFFERED)

    def incomplete(self) -> Trouble:
        """The options are not as they should be."""
        return Trouble(Reason.OPTIONS, " ".join(self.problems()))
