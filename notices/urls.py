"""The addresses of this room: a person's own, and under a partnership's slug its ledger."""

from django.urls import include, path

from notices.views import calendar, duties, ladders, log, mine, schedule, wishes

app_name = "notices"

MINE = [
    path("", mine.notices, name="list"),
    path("read/", mine.read_all, name="read_all"),
    path("<int:pk>/", mine.notice, name="open"),
    path("preferences/", wishes.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", wishes.unsubscribe, name="unsubscribe"),
]

# What goes out, and what went, under a partnership's slug.
REMINDERS = [
    path("", schedule.scheduled_page, name="scheduled"),
    path("steps/", ladders.ladders, name="ladders"),
    path("steps/<slug:kind>/", ladders.ladder, name="ladder"),
    path("steps/<slug:kind>/remove/", ladders.rung_remove, name="rung_remove"),
    path("steps/<slug:kind>/ours/", ladders.ladder_ours, name="ladder_ours"),
    path("mail/", log.log, name="log"),
    path("mail/<uuid:pk>/", log.mail, name="mail"),
    path("mail/<uuid:pk>/again/", log.resend, name="resend"),
    path("<slug:kind>/<str:subject>/hold/", schedule.hold, name="hold"),
    path("<slug:kind>/<str:subject>/release/", schedule.release, name="release"),
    path("<slug:kind>/<str:subject>/now/", schedule.send_now, name="send_now"),
]

# The governance calendar, under a partnership's slug.
CALENDAR = [
    path("", calendar.calendar, name="calendar"),
    path("duties/", duties.all_cycles, name="cycles"),
    path("duties/add/", duties.cycle_add, name="cycle_add"),
    path("duties/<uuid:pk>/change/", duties.cycle_change, name="cycle_change"),
    path("duties/<uuid:pk>/end/", duties.cycle_end, name="cycle_end"),
    path("duties/<uuid:pk>/resume/", duties.cycle_resume, name="cycle_resume"),
    path("working-days/", duties.proclaimed_days, name="working_days"),
    path("working-days/<int:pk>/remove/", duties.proclaimed_remove, name="proclaimed_remove"),
    path("<uuid:pk>/", calendar.turn, name="turn"),
    path("<uuid:pk>/move/", calendar.turn_move, name="turn_move"),
    path("<uuid:pk>/done/", calendar.turn_done, name="turn_done"),
    path("<uuid:pk>/undo/", calendar.turn_undo, name="turn_undo"),
]

urlpatterns = [
    path("<slug:partnership>/calendar/", include(CALENDAR)),
    path("<slug:partnership>/reminders/", include(REMINDERS)),
    path("notices/", include(MINE)),
    path("demonstration/mail/", log.mails, name="mails"),
]
