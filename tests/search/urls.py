"""The portal's addresses with those of search."""

from portal import urls as portal_urls
from search.urls import api

urlpatterns = [*api, *portal_urls.urlpatterns]
