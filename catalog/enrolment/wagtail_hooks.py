"""What enrolment adds to the admin."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .admin.policy import EnrolmentPolicy
from .models import Enrolment, InvitationKey

# First of all: Wagtail hands out policies as soon as a view is built.
register_permission_policy(Enrolment, EnrolmentPolicy(Enrolment))
register_permission_policy(InvitationKey, EnrolmentPolicy(InvitationKey))

from .admin.menu import EnrolmentGroup  # noqa: E402

register_snippet(EnrolmentGroup)
