"""Addresses of enrolment, below each language."""

from django.urls import re_path

from .views import approval, enrol, go, leave, notice, status

app_name = "enrolment"
# No number of ours is longer, and none that is may reach a database.
NUMBER = r"(?P<number>[0-9]{1,18})"

urlpatterns = [
    re_path(rf"^course/{NUMBER}/$", enrol.enrol, name="enrol"),
    re_path(rf"^course/{NUMBER}/notice/$", notice.notice, name="notice"),
    re_path(rf"^course/{NUMBER}/leave/$", leave.leave, name="leave"),
    re_path(rf"^{NUMBER}/$", status.status, name="status"),
    re_path(rf"^{NUMBER}/go/$", go.go, name="go"),
    re_path(rf"^{NUMBER}/withdraw/$", status.give_back, name="withdraw"),
    re_path(r"^approval/(?P<token>[\w:=-]{1,200})/$", approval.approval, name="approval"),
]
