"""Addresses of signing in by an issuer, the same in all languages."""

from django.urls import path

from catalog.people.private import private

from . import views

urlpatterns = [
    path("<slug:key>/", private(views.start), name="issuer_start"),
    path("<slug:key>/back/", private(views.back), name="issuer_back"),
]
