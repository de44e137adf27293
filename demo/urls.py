"""The demonstration's one page."""

from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [path("", views.personas, name="personas")]
