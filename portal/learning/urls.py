"""Addresses of "My learning", below each language."""

from __future__ import annotations

from django.urls import path, re_path

from . import calendar, views

urlpatterns = [
    path("", views.my_learning, name="learning"),
    path("calendar/renew/", views.renew_calendar, name="learning_calendar_renew"),
    re_path(r"^calendar/(?P<key>[\w-]{20,64})\.ics$", calendar.feed, name="learning_calendar"),
    re_path(r"^my-learning\.(?P<kind>json|csv)$", views.export_data, name="learning_export"),
    re_path(r"^outside/(?P<number>[0-9]{1,18})/remove/$", views.remove, name="learning_remove"),
    path("erase/", views.erase, name="account_erase"),
]
