"""Countries, institutions, the people who use the portal, and who vouches for them."""

from .consent import Consent, PrivacyText
from .issuer import Issuer
from .places import Country, Institution
from .user import PortalUserManager, UsedCode, User, new_username

__all__ = [
    "Consent",
    "Country",
    "Institution",
    "Issuer",
    "PortalUserManager",
    "PrivacyText",
    "UsedCode",
    "User",
    "new_username",
]
