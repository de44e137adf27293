"""The bare pages."""

from django.urls import path

from bench.bare import views

urlpatterns = [
    path("rows/", views.rows, name="rows"),
    path("session/", views.session, name="session"),
]
