"""Addresses of search: ``pages`` belong below a language, ``api`` below ``/api/v1/``."""

from __future__ import annotations

from django.urls import include, path

from .insight.opening import open_result
from .views import search, values

pages = [
    path("search/", search, name="search"),
    path("search/values/<slug:name>/", values, name="search_values"),
    path("search/open/", open_result, name="search_open"),
]
api = [path("api/v1/", include("search.api.urls"))]
