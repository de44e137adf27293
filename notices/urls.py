"""The addresses of this room."""

from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.notice, name="open"),
]
