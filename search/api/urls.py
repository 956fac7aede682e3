"""Addresses of the API; they stand below ``/api/v1/``."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "search_api"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("openapi.json", views.openapi, name="openapi"),
]
