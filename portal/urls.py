"""Addresses: health, machines, admin, and everything public below its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from catalog.people.issuers import urls as issuers
from catalog.people.signin import urls as account
from catalog.views.training import status_file
from home.contact import views as contact
from home.serving import serve
from portal import health
from portal.feeds import CourseFeed, NewsFeed
from portal.views import front, machines
from search.urls import api
from search.urls import pages as search_pages

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", front.root),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("robots.txt", machines.robots),
    path(".well-known/security.txt", machines.security),
    path("sitemap.xml", machines.sitemap_index),
    re_path(r"^sitemap-(?P<kind>[a-z]{1,20})(?:-(?P<number>[0-9]{1,9}))?\.xml$", machines.sitemap),
    path("covers/<str:name>.svg", front.cover),
    re_path(r"^covers/(?P<name>[a-z0-9-]{1,90})\.(?P<mark>[0-9a-f]{12})\.png$", front.picture),
    re_path(r"^brand-(?P<digest>[0-9a-f]{12})\.css$", front.brand),
    path("media/images/<path:path>", front.image),
    *api,
    path("", include("catalog.sync.urls")),
    path("lti/", include("catalog.connections.urls")),
    path("sign-in/", include(issuers)),
    # Staff sign in where everybody does.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("account/", include(account)),
        *search_pages,
        path("enrol/", include("catalog.enrolment.urls")),
        path("my-learning/", include("portal.learning.urls")),
        path("opensearch.xml", machines.opensearch, name="opensearch"),
        path("write-to-us/", contact.write, name="contact"),
        path("write-to-us/sent/<str:reference>/", contact.sent, name="contact_sent"),
        path("training-status.csv", status_file, name="training_status_file"),
        path("feeds/news.atom", NewsFeed(), name="news_feed"),
        path("feeds/courses.atom", CourseFeed(), name="course_feed"),
        # Files below an entry; Wagtail's own pattern knows only addresses that end in a slash.
        re_path(r"^((?:[\w-]+/){2,6}[a-z]{1,20}\.ics)$", serve),
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
