"""The addresses of this room."""

from django.urls import include, path

from meetings.views import agenda, attendance, calendar, holding, minutes, publication

app_name = "meetings"

# ---- holding a meeting, its minutes and their publication ---------------------------------------

after = [
    path("<slug:slug>/open/", holding.open_meeting, name="open"),
    path("<slug:slug>/minutes/", publication.draft_minutes, name="draft_minutes"),
    path("<slug:slug>/minutes/<int:number>/", minutes.minutes, name="minutes"),
    path("<slug:slug>/minutes/<int:number>/saved/", minutes.autosave, name="autosave"),
    path("<slug:slug>/minutes/<int:number>/decision/", minutes.decision_add, name="decision_add"),
    path("<slug:slug>/minutes/<int:number>/action/", minutes.action_add, name="action_add"),
    path("<slug:slug>/minutes/<slug:rendition>.pdf", publication.minutes_pdf, name="minutes_pdf"),
    path("<slug:slug>/decisions/<uuid:pk>/", holding.decision_change, name="decision_change"),
    path(
        "<slug:slug>/decisions/<uuid:pk>/remove/", holding.decision_remove, name="decision_remove"
    ),
    path("<slug:slug>/decisions/<uuid:pk>/partner/", publication.admit, name="admit"),
    path("<slug:slug>/finish/", holding.finish, name="finish"),
    path("<slug:slug>/clear/", publication.clear, name="clear"),
    path("<slug:slug>/return/", publication.return_minutes, name="return"),
    path("<slug:slug>/agree/", publication.agree, name="agree"),
    path("<slug:slug>/publish-minutes/", publication.publish_minutes, name="publish_minutes"),
    path("<slug:slug>/chair-review/", publication.chair_review, name="chair_review"),
]

# ---- dates, agenda, attendance ------------------------------------------------------------------

before = [
    path("", calendar.meeting_list, name="list"),
    path("dates/<slug:group>/", calendar.schedule, name="schedule"),
    path("<slug:slug>/", calendar.detail, name="detail"),
    path("<slug:slug>/history/", calendar.meeting_history, name="history"),
    path("<slug:slug>/items/<uuid:pk>/", calendar.item, name="item"),
    path("<slug:slug>/move/", calendar.move_date, name="move_date"),
    path("<slug:slug>/cancel/", calendar.cancel, name="cancel"),
    path("<slug:slug>/agenda/", agenda.agenda, name="agenda"),
    path("<slug:slug>/agenda/add/", agenda.item_add, name="item_add"),
    path("<slug:slug>/agenda/publish/", agenda.publish_agenda, name="publish_agenda"),
    path("<slug:slug>/agenda/<uuid:pk>/", agenda.item_change, name="item_change"),
    path("<slug:slug>/agenda/<uuid:pk>/move/", agenda.item_move, name="item_move"),
    path("<slug:slug>/agenda/<uuid:pk>/remove/", agenda.item_remove, name="item_remove"),
    path("<slug:slug>/agenda/<uuid:pk>/paper/", agenda.paper_add, name="paper_add"),
    path("<slug:slug>/papers/<int:pk>/remove/", agenda.paper_remove, name="paper_remove"),
    path("<slug:slug>/coming/", attendance.say, name="say"),
    path("<slug:slug>/attendance/", attendance.attendance, name="attendance"),
    path("<slug:slug>/attendance/add/", attendance.attendance_add, name="attendance_add"),
    path(
        "<slug:slug>/attendance/<int:pk>/remove/",
        attendance.attendance_remove,
        name="attendance_remove",
    ),
]

urlpatterns = [
    path("meetings/", include([*after, *before])),
    path("public/meetings/<slug:slug>/", calendar.public_agenda, name="public_agenda"),
]
