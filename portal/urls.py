"""Addresses: health, admin, and everything public below its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.serving import serve

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
