"""The addresses of death reviews, a list for each part of the room. What is literal comes before
``<reference>``."""

from typing import Any

from django.urls import URLPattern, include, path

from dhr.views import (
    arrangement,
    asked,
    chronology,
    compliance,
    deciding,
    key,
    lines,
    panel,
    parts,
    people,
)
from dhr.views import information as information_views
from dhr.views import reviews as views

app_name = "dhr"

# The life of a review: notified, decided, who sits, by when, closed.
of_people = [
    path("people/", people.review_people, name="review_people"),
    path("people/read.csv", people.review_reads_csv, name="review_reads_csv"),
    path("people/done.csv", people.review_deeds_csv, name="review_deeds_csv"),
    path("people/put-on/", panel.person_put_on, name="person_put_on"),
    path("people/<uuid:pk>/take-off/", panel.person_take_off, name="person_take_off"),
    path("panel/", panel.review_panel, name="review_panel"),
    path("panel/chair/", panel.chair_appoint, name="chair_appoint"),
    path("panel/chair/<int:pk>/end/", panel.chair_end, name="chair_end"),
    path("panel/ask/", panel.member_ask, name="member_ask"),
    path("panel/invite/", panel.member_invite, name="member_invite"),
    path("panel/leave/", panel.member_leave, name="member_leave"),
    path("panel/<uuid:pk>/check/", panel.member_check, name="member_check"),
    path("panel/terms/", panel.terms_write, name="terms_write"),
    path("panel/beside/add/", panel.proceeding_add, name="proceeding_add"),
    path("panel/beside/<int:pk>/", panel.proceeding_change, name="proceeding_change"),
    path("panel/parts/hand/", panel.part_hand, name="part_hand"),
    path("panel/parts/<slug:part>/", panel.part_change, name="part_change"),
    path("panel/parts/<slug:part>/end/", panel.part_end, name="part_end"),
]
of_dates = [
    path("dates/", deciding.review_dates, name="review_dates"),
    path("dates/plan/", deciding.date_plan, name="date_plan"),
    path("dates/<int:pk>/done/", deciding.date_done, name="date_done"),
    path("dates/<int:pk>/later/", deciding.date_delay, name="date_delay"),
    path("dates/<int:pk>/stop/", deciding.date_stop, name="date_stop"),
    path("dates/<int:pk>/undo/", deciding.date_undo, name="date_undo"),
    path("dates/delays/<int:pk>/told/", deciding.delay_told, name="delay_told"),
]
of_review = [
    path("", views.review, name="review"),
    path("change/", views.review_change, name="review_change"),
    path("deaths/add/", views.death_add, name="death_add"),
    path("deaths/<int:number>/", views.death_change, name="death_change"),
    path("deaths/<int:number>/remove/", views.death_remove, name="death_remove"),
    path("decide/", deciding.review_decide, name="review_decide"),
    path("told/", deciding.review_tell, name="review_tell"),
    path("told/<int:pk>/take-back/", deciding.told_take_back, name="told_take_back"),
    path("close/", views.review_close, name="review_close"),
    path("reopen/", views.review_reopen, name="review_reopen"),
    *of_people,
    *of_dates,
]
reviews = [
    path("", views.index, name="index"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews.csv", views.reviews_csv, name="reviews_csv"),
    path("notify/", views.review_notify, name="review_notify"),
    path("take-on/<slug:reference>/", views.review_take_on, name="review_take_on"),
    path("arrangement/", arrangement.arrangement, name="arrangement"),
    path("arrangement/set-up/", arrangement.arrangement_set_up, name="arrangement_set_up"),
    path("arrangement/change/", arrangement.arrangement_change, name="arrangement_change"),
    path("parts/<slug:reference>/", parts.part, name="part"),
    path("<slug:reference>/", include(of_review)),
]

# What agencies are asked, the key, the combined chronology.
of_asked = [
    path("", asked.asked_one, name="asked_one"),
    path("report/", asked.asked_report, name="asked_report"),
    path("lines/add/", lines.line_add, name="line_add"),
    path("lines/<int:line>/", lines.line_change, name="line_change"),
    path("lines/<int:line>/remove/", lines.line_remove, name="line_remove"),
    path("table/", lines.line_import, name="line_import"),
    path("take-off/", asked.asked_take_off, name="asked_take_off"),
    path("check/", information_views.asked_check, name="asked_check"),
    path("further/", information_views.asked_further, name="asked_further"),
]
of_information = [
    path("information/", information_views.review_information, name="review_information"),
    path(
        "information.csv",
        information_views.review_information_csv,
        name="review_information_csv",
    ),
    path("information/ask/", information_views.review_ask, name="review_ask"),
    path("chronology/", chronology.review_chronology, name="review_chronology"),
    path("chronology.<slug:kind>", chronology.chronology_file, name="chronology_file"),
    path(
        "chronology/<slug:kind>/<slug:key>/",
        chronology.difference_settle,
        name="difference_settle",
    ),
    path(
        "chronology/<slug:kind>/<slug:key>/open/",
        chronology.difference_open,
        name="difference_open",
    ),
    path("key/", key.review_key, name="review_key"),
    path("key/add/", key.key_add, name="key_add"),
    path("key/<int:pk>/", key.key_change, name="key_change"),
    path("key/<int:pk>/remove/", key.key_remove, name="key_remove"),
]
information: list[Any] = [
    path("asked/", asked.asked, name="asked"),
    path("asked/<uuid:pk>/", include(of_asked)),
    path("compliance/", compliance.compliance, name="compliance"),
    path("compliance.csv", compliance.compliance_csv, name="compliance_csv"),
    path("<slug:reference>/", include(of_information)),
]

# Recommendations and the action plan.
plans: list[URLPattern] = []

# Submission, clearance, publication.
publication: list[URLPattern] = []

# The learning library and its briefings.
learning: list[URLPattern] = []

# The board's quarterly view.
oversight: list[URLPattern] = []

# Holds and removal.
keeping: list[URLPattern] = []

urlpatterns = [
    *learning, *oversight, *keeping, *information, *plans, *publication, *reviews,
]  # fmt: skip
