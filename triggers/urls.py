"""Addresses of case reviews, within a partnership."""

from typing import Any

from django.urls import include, path

from triggers.views import appeals as appeal_views
from triggers.views import (
    applying,
    casework,
    dossiers,
    drafting,
    finding,
    findings,
    holds,
    incidents,
    information,
    mine,
    people,
    timeline,
)
from triggers.views import cases as case_views
from triggers.views import figures as figure_views
from triggers.views import keeping as keeping_views
from triggers.views import letter_templates as letter_template_views
from triggers.views import letters as letter_views
from triggers.views import panels as panel_views
from triggers.views import procedure as procedure_views
from triggers.views import public as public_views
from triggers.views import recommendations as recommendation_views
from triggers.views import threshold as threshold_views

app_name = "triggers"

# For the public, without an account: asking for a review, and the private link.
apply: list[Any] = [
    path("apply/", applying.apply, name="apply"),
    path("apply/lost-link/", applying.lost_link, name="lost_link"),
    path("apply/equality/", applying.equality_questions, name="equality"),
    path("apply/deleted/", applying.deleted, name="deleted"),
    path("take/", applying.take, name="take"),
]

# What a private link opens. Its address says nothing of what it is about, as mails and browsers
# keep it.
link: list[Any] = [
    path("mine/<str:token>/", mine.mine, name="mine"),
    path("mine/<str:token>/question/<slug:slug>/", drafting.question, name="mine_question"),
    path("mine/<str:token>/danger/", drafting.danger, name="mine_danger"),
    path("mine/<str:token>/reports/", drafting.reports, name="mine_reports"),
    path(
        "mine/<str:token>/reports/<int:number>/remove/",
        drafting.report_remove,
        name="mine_report_remove",
    ),
    path("mine/<str:token>/reports/<int:number>/<slug:slug>/", drafting.report, name="mine_report"),
    path("mine/<str:token>/link/", drafting.keep_link, name="mine_link"),
    path("mine/<str:token>/delete/", drafting.delete, name="mine_delete"),
    path("mine/<str:token>/check/", drafting.check, name="mine_check"),
    path("mine/<str:token>/done/", mine.done, name="mine_done"),
    path("mine/<str:token>/letters/<uuid:pk>/", mine.letter, name="mine_letter"),
    path("mine/<str:token>/letters/<uuid:pk>/file/", mine.letter_file, name="mine_letter_file"),
    path("mine/<str:token>/write/", mine.write, name="mine_write"),
    path("mine/<str:token>/panel/", mine.panel, name="mine_panel"),
    path("mine/<str:token>/withdraw/", mine.withdraw, name="mine_withdraw"),
    path("mine/<str:token>/consent/", mine.consent, name="mine_consent"),
    path("mine/<str:token>/appeal/", mine.appeal, name="mine_appeal"),
    path("mine/<str:token>/incidents/", mine.incidents, name="mine_incidents"),
]

# The procedure and its settings; the threshold; clocks.
procedure: list[Any] = [
    path("procedure/", procedure_views.procedure, name="procedure"),
    path("procedure/set-up/", procedure_views.procedure_set_up, name="procedure_set_up"),
    path("procedure/change/", procedure_views.procedure_change, name="procedure_change"),
    path("procedure/clocks/", procedure_views.procedure_clocks, name="procedure_clocks"),
    path(
        "procedure/clocks/<slug:stage>/",
        procedure_views.procedure_clock,
        name="procedure_clock",
    ),
    path(
        "procedure/clocks/<int:pk>/end/",
        procedure_views.procedure_clock_end,
        name="procedure_clock_end",
    ),
    path("procedure/local-rules/", procedure_views.local_rule_add, name="local_rule_add"),
    path(
        "procedure/local-rules/<int:pk>/end/", procedure_views.local_rule_end, name="local_rule_end"
    ),
    path("procedure/bodies/", procedure_views.body_add, name="body_add"),
    path("procedure/bodies/<int:pk>/", procedure_views.body_change, name="body_change"),
    path("procedure/bodies/<int:pk>/end/", procedure_views.body_end, name="body_end"),
    path("procedure/bodies/<int:pk>/succeed/", procedure_views.body_succeed, name="body_succeed"),
]
threshold: list[Any] = [
    path("<slug:reference>/threshold/", threshold_views.case_threshold, name="case_threshold"),
    path(
        "<slug:reference>/threshold/work-out/",
        threshold_views.threshold_work_out,
        name="threshold_work_out",
    ),
    path(
        "<slug:reference>/threshold/decide/",
        threshold_views.threshold_decide,
        name="threshold_decide",
    ),
    path("<slug:reference>/clocks/", threshold_views.case_clocks, name="case_clocks"),
    path(
        "<slug:reference>/clocks/<int:pk>/delay/", threshold_views.clock_delay, name="clock_delay"
    ),
    path("<slug:reference>/clocks/<int:pk>/stop/", threshold_views.clock_stop, name="clock_stop"),
]

# Cases: the caseload, one case, who is on it, what bodies answer.
cases: list[Any] = [
    path("", case_views.index, name="index"),
    path("cases/", case_views.caselist, name="cases"),
    path("cases/csv/", case_views.cases_csv, name="cases_csv"),
    path("information/<uuid:pk>/", information.information, name="information"),
    path("information/<uuid:pk>/send/", information.information_send, name="information_send"),
    path(
        "information/<uuid:pk>/further/",
        information.information_further,
        name="information_further",
    ),
    path(
        "information/<uuid:pk>/reports/<int:number>/",
        information.information_report,
        name="information_report",
    ),
    path(
        "information/<uuid:pk>/lines/",
        information.information_line_add,
        name="information_line_add",
    ),
    path(
        "information/<uuid:pk>/lines/<int:line>/",
        information.information_line_change,
        name="information_line_change",
    ),
    path(
        "information/<uuid:pk>/lines/<int:line>/remove/",
        information.information_line_remove,
        name="information_line_remove",
    ),
    path(
        "information/<uuid:pk>/import/", information.information_import, name="information_import"
    ),
    path("<slug:reference>/", case_views.case, name="case"),
    path("<slug:reference>/take-on/", case_views.case_take_on, name="case_take_on"),
    path("<slug:reference>/acknowledge/", casework.acknowledge, name="case_acknowledge"),
    path("<slug:reference>/sort/", casework.sort, name="case_sort"),
    path("<slug:reference>/consent/", casework.consent, name="case_consent"),
    path("<slug:reference>/consent/go-on/", casework.without_consent, name="case_without_consent"),
    path("<slug:reference>/link/", casework.link, name="case_link"),
    path("<slug:reference>/link/<int:pk>/end/", casework.unlink, name="case_unlink"),
    path("<slug:reference>/repeat/", casework.repeat, name="case_repeat"),
    path("<slug:reference>/who-applies/", casework.complained_of, name="case_complained_of"),
    path("<slug:reference>/person/", casework.person, name="case_person"),
    path("<slug:reference>/person/<slug:kind>/", casework.contact, name="case_contact"),
    path("<slug:reference>/messages/<int:pk>/", casework.message, name="case_message"),
    path("<slug:reference>/note/", casework.note, name="case_note"),
    path("<slug:reference>/close/", casework.close, name="case_close"),
    path("<slug:reference>/reopen/", casework.reopen, name="case_reopen"),
    path("<slug:reference>/withdraw/", casework.withdraw, name="case_withdraw"),
    path("<slug:reference>/incidents/", incidents.case_incidents, name="case_incidents"),
    path("<slug:reference>/incidents/add/", incidents.incident_add, name="incident_add"),
    path("<slug:reference>/incidents/sent/", incidents.list_sent, name="list_sent"),
    path(
        "<slug:reference>/incidents/corrections/<int:pk>/",
        incidents.correction,
        name="correction",
    ),
    path(
        "<slug:reference>/incidents/<int:number>/",
        incidents.incident_change,
        name="incident_change",
    ),
    path(
        "<slug:reference>/incidents/<int:number>/history/",
        incidents.incident_history,
        name="incident_history",
    ),
    path(
        "<slug:reference>/incidents/<int:number>/remove/",
        incidents.incident_remove,
        name="incident_remove",
    ),
    path(
        "<slug:reference>/incidents/<int:number>/put-back/",
        incidents.incident_put_back,
        name="incident_put_back",
    ),
    path("<slug:reference>/information/", information.case_information, name="case_information"),
    path("<slug:reference>/information/ask/", information.case_ask, name="case_ask"),
    path("<slug:reference>/timeline/", timeline.case_timeline, name="case_timeline"),
    path("<slug:reference>/timeline/csv/", timeline.case_timeline_csv, name="case_timeline_csv"),
    path("<slug:reference>/timeline/add/<int:pk>/", timeline.misfit_add, name="misfit_add"),
    path(
        "<slug:reference>/timeline/<slug:kind>/<slug:key>/",
        timeline.misfit_settle,
        name="misfit_settle",
    ),
    path(
        "<slug:reference>/timeline/<slug:kind>/<slug:key>/open/",
        timeline.misfit_unsettle,
        name="misfit_unsettle",
    ),
    path("<slug:reference>/people/", people.case_people, name="case_people"),
    path("<slug:reference>/people/read/csv/", people.case_reads_csv, name="case_reads_csv"),
    path("<slug:reference>/people/done/csv/", people.case_deeds_csv, name="case_deeds_csv"),
    path("<slug:reference>/people/add/", people.person_put_on, name="person_put_on"),
    path("<slug:reference>/people/<uuid:pk>/end/", people.person_take_off, name="person_take_off"),
]

# The panel, what it found and recommended; appeals.
panels: list[Any] = [
    path("recommendations/<int:pk>/", recommendation_views.recommendation, name="recommendation"),
    path("<slug:reference>/panel/", panel_views.case_panel, name="case_panel"),
    path("<slug:reference>/panel/ask/", panel_views.panel_ask, name="panel_ask"),
    path("<slug:reference>/panel/invite/", panel_views.panel_invite, name="panel_invite"),
    path("<slug:reference>/panel/leave/", panel_views.panel_leave, name="panel_leave"),
    path("<slug:reference>/panel/people/<uuid:pk>/", panel_views.panel_check, name="panel_check"),
    path("<slug:reference>/panel/meeting/", panel_views.panel_meeting, name="panel_meeting"),
    path("<slug:reference>/panel/pack/", panel_views.panel_pack, name="panel_pack"),
    path("<slug:reference>/panel/voice/", panel_views.voice_add, name="voice_add"),
    path("<slug:reference>/panel/voice/<int:pk>/", panel_views.voice_change, name="voice_change"),
    path("<slug:reference>/panel/held/", panel_views.panel_hold, name="panel_hold"),
    path("<slug:reference>/panel/finish/", panel_views.panel_finish, name="panel_finish"),
    path("<slug:reference>/panel/again/", panel_views.panel_again, name="panel_again"),
    path("<slug:reference>/panel/findings/", findings.finding_add, name="finding_add"),
    path(
        "<slug:reference>/panel/findings/<int:number>/",
        findings.finding_change,
        name="finding_change",
    ),
    path(
        "<slug:reference>/panel/findings/<int:number>/remove/",
        findings.finding_remove,
        name="finding_remove",
    ),
    path(
        "<slug:reference>/panel/recommendations/",
        findings.recommendation_add,
        name="recommendation_add",
    ),
    path(
        "<slug:reference>/panel/recommendations/<int:number>/",
        findings.recommendation_change,
        name="recommendation_change",
    ),
    path(
        "<slug:reference>/panel/recommendations/<int:number>/remove/",
        findings.recommendation_remove,
        name="recommendation_remove",
    ),
    path(
        "<slug:reference>/panel/recommendations/<int:number>/further/",
        findings.recommendation_further,
        name="recommendation_further",
    ),
    path("<slug:reference>/appeals/", appeal_views.case_appeals, name="case_appeals"),
    path("<slug:reference>/appeals/add/", appeal_views.appeal_add, name="appeal_add"),
    path("<slug:reference>/appeals/<int:pk>/late/", appeal_views.appeal_late, name="appeal_late"),
    path(
        "<slug:reference>/appeals/<int:pk>/send-on/",
        appeal_views.appeal_send_on,
        name="appeal_send_on",
    ),
    path(
        "<slug:reference>/appeals/<int:pk>/decide/",
        appeal_views.appeal_decide,
        name="appeal_decide",
    ),
    path(
        "<slug:reference>/appeals/<int:pk>/withdraw/",
        appeal_views.appeal_withdraw,
        name="appeal_withdraw",
    ),
]

# Letters, and the words that they begin with.
letters: list[Any] = [
    path("procedure/letters/", letter_template_views.letter_words_list, name="letter_words"),
    path(
        "procedure/letters/<slug:kind>/",
        letter_template_views.letter_words_shown,
        name="letter_words_shown",
    ),
    path(
        "procedure/letters/<slug:kind>/change/",
        letter_template_views.letter_words_change,
        name="letter_words_change",
    ),
    path(
        "procedure/letters/<slug:kind>/shipped/",
        letter_template_views.letter_words_shipped,
        name="letter_words_shipped",
    ),
    path("<slug:reference>/letters/", letter_views.case_letters, name="case_letters"),
    path("<slug:reference>/letters/new/", letter_views.letter_new, name="letter_new"),
    path("<slug:reference>/letters/<int:number>/", letter_views.letter, name="letter"),
    path(
        "<slug:reference>/letters/<int:number>/change/",
        letter_views.letter_change,
        name="letter_change",
    ),
    path(
        "<slug:reference>/letters/<int:number>/ready/",
        letter_views.letter_ready,
        name="letter_ready",
    ),
    path(
        "<slug:reference>/letters/<int:number>/told/", letter_views.letter_told, name="letter_told"
    ),
    path(
        "<slug:reference>/letters/<int:number>/take-back/",
        letter_views.letter_take_back,
        name="letter_take_back",
    ),
    path(
        "<slug:reference>/letters/<int:number>/remove/",
        letter_views.letter_remove,
        name="letter_remove",
    ),
    path("<slug:reference>/letters/<int:number>/pdf/", letter_views.letter_pdf, name="letter_pdf"),
]

# Counts: the overview, the statutory figures, and their public page.
figures: list[Any] = [
    path("overview/", figure_views.show, name="overview"),
    path("overview/csv/", figure_views.show_csv, name="overview_csv"),
    path("figures/import/", figure_views.take_over, name="figures_import"),
    path("figures/equality/", figure_views.equality_answers, name="equality_answers"),
    path("figures/<slug:name>/", figure_views.year, name="figures_year"),
]
public: list[Any] = [
    path("", public_views.public, name="public"),
    path("figures.csv", public_views.public_csv, name="public_csv"),
]

# What is kept how long; dossiers; a search by name.
keeping: list[Any] = [
    path("find-person/", finding.find, name="find"),
    path("keeping/", keeping_views.kept, name="kept"),
    path("keeping/csv/", keeping_views.kept_csv, name="kept_csv"),
    path("keeping/<slug:reference>/", keeping_views.kept_case, name="kept_case"),
    path("keeping/<slug:reference>/keep/", keeping_views.kept_take_back, name="kept_take_back"),
    path("<slug:reference>/hold/", holds.hold_put, name="hold_put"),
    path("<slug:reference>/hold/<int:pk>/lift/", holds.hold_lift, name="hold_lift"),
    path("<slug:reference>/dossier/", dossiers.case_dossier, name="case_dossier"),
    path(
        "<slug:reference>/dossier/<uuid:pk>/delete/",
        dossiers.dossier_delete,
        name="dossier_delete",
    ),
    path(
        "<slug:reference>/dossier/<uuid:pk>/<slug:kind>/",
        dossiers.dossier_file,
        name="dossier_file",
    ),
]

urlpatterns = [
    path(
        "case-reviews/",
        include([*apply, *procedure, *threshold, *panels, *letters, *keeping, *figures, *cases]),
    ),
    path("public/case-reviews/", include(public)),
    *link,
]
