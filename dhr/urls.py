"""The addresses of death reviews, a list for each part of the room. What is literal comes before
``<reference>``."""

from typing import Any

from django.urls import include, path

from dhr.views import (
    arrangement,
    asked,
    chronology,
    compliance,
    deciding,
    key,
    lessons,
    lines,
    panel,
    parts,
    people,
    plan_back,
    plan_items,
)
from dhr.views import information as information_views
from dhr.views import keeping as keeping_views
from dhr.views import learning as learning_views
from dhr.views import oversight as oversight_views
from dhr.views import plans as plan_views
from dhr.views import publication as publication_views
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
of_item = [
    path("", plan_items.plan_item, name="plan_item"),
    path("evidence/<int:update>/", plan_items.item_evidence, name="item_evidence"),
    path("change/", plan_items.item_change, name="item_change"),
    path("later/", plan_items.item_move, name="item_move"),
    path("done/", plan_items.item_complete, name="item_complete"),
    path("not-done/", plan_items.item_incomplete, name="item_incomplete"),
    path("answered/", plan_items.item_answered, name="item_answered"),
    path("sign-off/", plan_items.item_sign_off, name="item_sign_off"),
    path("send-back/", plan_items.item_send_back, name="item_send_back"),
    path("difference/", plan_items.item_check, name="item_check"),
    path("take-off/", plan_items.item_take_off, name="item_take_off"),
    path("put-back/", plan_items.item_put_back, name="item_put_back"),
]
of_recommendation = [
    path("", plan_views.recommendation, name="recommendation"),
    path("change/", plan_views.recommendation_change, name="recommendation_change"),
    path("same/", plan_views.recommendation_same, name="recommendation_same"),
    path("take-off/", plan_views.recommendation_take_off, name="recommendation_take_off"),
    path("put-back/", plan_views.recommendation_put_back, name="recommendation_put_back"),
    path("add/", plan_views.item_add, name="item_add"),
]
of_plan = [
    path("plan/", plan_views.review_plan, name="review_plan"),
    path("plan.<slug:kind>", plan_views.plan_file, name="plan_file"),
    path("plan/recommend/", plan_views.recommendation_add, name="recommendation_add"),
    path("plan/back/", plan_back.plan_receive, name="plan_receive"),
    path("plan/back/<uuid:pk>/", plan_back.plan_back, name="plan_back"),
    path("plan/back/<uuid:pk>/take-over/", plan_back.plan_take_over, name="plan_take_over"),
    path("plan/back/<uuid:pk>/put-away/", plan_back.plan_put_away, name="plan_put_away"),
    path("plan/<int:number>/", include(of_recommendation)),
]
plans: list[Any] = [
    path("recommendations/", lessons.lessons_list, name="lessons"),
    path("recommendations.csv", lessons.lessons_csv, name="lessons_csv"),
    path("actions/<uuid:pk>/", include(of_item)),
    path("<slug:reference>/", include(of_plan)),
]

# Submission, clearance, publication.
of_report = [
    path("", publication_views.review_report, name="review_report"),
    path("submit/", publication_views.report_submit, name="report_submit"),
    path("answer/", publication_views.report_feedback, name="report_feedback"),
    path("answer/take-back/", publication_views.report_take_back, name="report_take_back"),
    path("prepare/", publication_views.report_prepare, name="report_prepare"),
    path("files/<slug:kind>/", publication_views.report_file, name="report_file"),
    path("publish/", publication_views.report_publish, name="report_publish"),
    path("put-away/", publication_views.report_put_away, name="report_put_away"),
    path("elsewhere/", publication_views.report_elsewhere, name="report_elsewhere"),
    path("take-off/", publication_views.report_take_off, name="report_take_off"),
]
publication: list[Any] = [path("<slug:reference>/report/", include(of_report))]

# The learning library and its briefings.
of_learning = [
    path("", learning_views.learning_one, name="learning_one"),
    path("change/", learning_views.learning_change, name="learning_change"),
    path("read/", learning_views.learning_check, name="learning_check"),
    path("publish/", learning_views.learning_publish, name="learning_publish"),
    path("take-off/", learning_views.learning_withdraw, name="learning_withdraw"),
    path("throw-away/", learning_views.learning_put_away, name="learning_put_away"),
]
learning: list[Any] = [
    path("learning/", learning_views.learning_list, name="learning_list"),
    path("learning/write/", learning_views.learning_write, name="learning_write"),
    path("learning/<uuid:pk>/", include(of_learning)),
    path("public/learning/", learning_views.library, name="library"),
]

# The board's quarterly view.
oversight: list[Any] = [
    path("oversight/", oversight_views.oversight, name="oversight"),
    path("oversight.csv", oversight_views.oversight_csv, name="oversight_csv"),
    path("oversight.pdf", oversight_views.oversight_pdf, name="oversight_pdf"),
    path("oversight/agenda/", oversight_views.oversight_agenda, name="oversight_agenda"),
]

# Holds and removal.
keeping: list[Any] = [
    path("keeping/", keeping_views.kept, name="kept"),
    path("keeping.csv", keeping_views.kept_csv, name="kept_csv"),
    path("keeping/<slug:reference>/", keeping_views.kept_review, name="kept_review"),
    path("keeping/<slug:reference>/keep/", keeping_views.kept_take_back, name="kept_take_back"),
    path("<slug:reference>/people/holds/put/", keeping_views.hold_put, name="hold_put"),
    path("<slug:reference>/people/holds/<int:pk>/lift/", keeping_views.hold_lift, name="hold_lift"),
]

urlpatterns = [
    *learning, *oversight, *keeping, *information, *plans, *publication, *reviews,
]  # fmt: skip
