"""Which scheme speaks to an issuer; a new kind is a module and a line here."""

from __future__ import annotations

from catalog.people.models import Issuer

from .edevlet import EDevlet
from .oidc import OpenIDConnect
from .schemes import Scheme

SCHEMES: dict[str, type[Scheme]] = {
    Issuer.Kind.OIDC: OpenIDConnect,
    Issuer.Kind.EDEVLET: EDevlet,
}


def scheme_of(issuer: Issuer) -> Scheme:
    """The one for its kind."""
    return SCHEMES[issuer.kind](issuer)
