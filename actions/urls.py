"""The addresses of this room."""

from django.urls import path

from actions import views

app_name = "actions"

urlpatterns = [
    path("", views.register, name="list"),
    path("csv/", views.download, name="csv"),
    path("remind/", views.remind, name="remind"),
    path("add/<slug:slug>/", views.add, name="add"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/update/", views.update, name="update"),
    path("<slug:reference>/move/", views.move, name="move"),
    path("<slug:reference>/confirm/", views.confirm, name="confirm"),
    path("<slug:reference>/reopen/", views.reopen, name="reopen"),
    path("<slug:reference>/drop/", views.drop, name="drop"),
    path("<slug:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("<slug:reference>/history/", views.history, name="history"),
]
