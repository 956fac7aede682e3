"""Addresses of the LTI platform, below ``/lti/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("jwks/", views.key_set, name="lti_keys"),
    path("token/", views.token, name="lti_token"),
    path("authorise/", views.authorise, name="lti_authorise"),
    path("<str:entry>/members/", views.member_list),
    path("<str:entry>/lineitems/", views.line_items),
    path("<str:entry>/lineitems/<str:item>", views.line_item),
    path("<str:entry>/lineitems/<str:item>/scores", views.scores),
]
