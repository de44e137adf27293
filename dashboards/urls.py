"""The front door, the public pages and what only reads."""

from django.urls import path

from dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("contact/", views.contact, name="contact"),
    path("<slug:partnership>/public/", views.public, name="public"),
    path("<slug:partnership>/public/search/", views.public_search, name="public_search"),
    path("<slug:partnership>/public/feed/", views.feed, name="feed"),
    path("<slug:partnership>/owed/", views.owed, name="owed"),
    path("<slug:partnership>/policy/", views.policy_table, name="policy"),
    path("<slug:partnership>/audit/", views.audit, name="audit"),
]
