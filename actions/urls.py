"""The addresses of this room."""

from django.urls import path

from actions import views

app_name = "actions"

urlpatterns = [
    path("", views.register, name="list"),
    path("csv/", views.download, name="csv"),
    path("remind/", views.remind, name="remind"),
    path("add/<slug:slug>/", views.add, name="add"),
    path("requests/", views.request_list, name="requests"),
    path("requests/csv/", views.requests_csv, name="requests_csv"),
    path("requests/on-time/", views.requests_kept, name="requests_kept"),
    path("requests/ask/<slug:slug>/", views.request_ask, name="request_ask"),
    path("requests/<slug:reference>/", views.request_page, name="request"),
    path("requests/<slug:reference>/answer/", views.request_answer, name="request_answer"),
    path("requests/<slug:reference>/check/", views.request_check, name="request_check"),
    path("requests/<slug:reference>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("requests/<slug:reference>/move/", views.request_move, name="request_move"),
    path("requests/<slug:reference>/chase/", views.request_chase, name="request_chase"),
    path("requests/<slug:reference>/escalate/", views.request_escalate, name="request_escalate"),
    path("requests/<slug:reference>/history/", views.request_history, name="request_history"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/update/", views.update, name="update"),
    path("<slug:reference>/move/", views.move, name="move"),
    path("<slug:reference>/confirm/", views.confirm, name="confirm"),
    path("<slug:reference>/reopen/", views.reopen, name="reopen"),
    path("<slug:reference>/drop/", views.drop, name="drop"),
    path("<slug:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("<slug:reference>/history/", views.history, name="history"),
]
