"""Addresses for LMSs."""

from django.urls import path

from . import views

urlpatterns = [path("api/v1/course-runs/", views.course_runs, name="push_course_runs")]
