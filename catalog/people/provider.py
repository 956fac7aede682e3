"""How the library for accounts sees issuers; it looks for a module of this name."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.base import Provider, ProviderAccount

from .issuers.identity import Identity


class IssuerProvider(Provider):
    """An issuer of ours, behind the ``SocialApp`` that the adapter makes of its row."""

    id = "issuer"
    name = "Issuer"
    account_class = ProviderAccount

    def extract_uid(self, identity: Identity) -> str:
        """The subject."""
        return identity.subject

    def extract_extra_data(self, identity: Identity) -> dict[str, Any]:
        """Nothing: what the portal needs stands in the account itself."""
        return {}

    def extract_common_fields(self, identity: Identity) -> dict[str, Any]:
        """For ``IssuerAdapter.populate_user``."""
        return {"identity": identity}


provider_classes = [IssuerProvider]
