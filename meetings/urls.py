"""The addresses of this room."""

from django.urls import include, path

from meetings.views import (
    agenda,
    attendance,
    attending,
    backlog,
    calendar,
    corrections,
    decisions,
    dossier,
    duty_feed,
    feeds,
    holding,
    interests,
    item,
    live,
    minutes,
    notes,
    noting,
    offers,
    ordering,
    packs,
    publication,
    publishing,
    reports,
    reviewing,
    series,
    templates,
    threads,
)

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
    path("<slug:slug>/chair-review/", publication.chair_review, name="chair_review"),
]

# ---- the live minute-taking page ----------------------------------------------------------------

live_pages = [
    path("<slug:slug>/live/", live.live, name="live"),
    path("<slug:slug>/live/who/", live.present, name="presence"),
    path("<slug:slug>/live/<int:number>/made/", live.make, name="make"),
]

# ---- packs and files ----------------------------------------------------------------------------

pack_pages = [
    path("<slug:slug>/packs/", packs.pack, name="pack"),
    path("<slug:slug>/packs/supplement/", packs.supplement, name="supplement"),
    path("<slug:slug>/packs/readers/", packs.pack_readers, name="pack_readers"),
    path("<slug:slug>/packs/<int:number>/<slug:rendition>.pdf", packs.pack_file, name="pack_file"),
    path(
        "<slug:slug>/packs/<int:number>/<slug:rendition>/again/",
        packs.pack_again,
        name="pack_again",
    ),
    path("<slug:slug>/papers/<int:pk>/public/", packs.paper_public, name="paper_public"),
    path("<slug:slug>/files/<slug:rendition>.zip", dossier.dossier, name="dossier"),
]

public_pages = [
    path("<slug:slug>/packs/<int:number>.pdf", packs.public_pack, name="public_pack"),
    path("<slug:slug>/papers/<int:pk>/", packs.public_paper, name="public_paper"),
    path("<slug:slug>/files.zip", dossier.public_dossier, name="public_dossier"),
]

# ---- reviewing the draft, corrections, later notes, and publication -----------------------------

review_pages = [
    path("<slug:slug>/minutes/<int:number>/agree/", reviewing.item_agree, name="item_agree"),
    path("<slug:slug>/minutes/read/", reviewing.reviewed, name="reviewed"),
    path("<slug:slug>/reviews/", reviewing.reviews, name="reviews"),
    path(
        "<slug:slug>/minutes/<int:number>/correct/<int:paragraph>/",
        corrections.correct,
        name="correct",
    ),
    path("<slug:slug>/minutes/<int:number>/add/", corrections.correct_add, name="correct_add"),
    path(
        "<slug:slug>/agree/<int:number>/<int:paragraph>/",
        corrections.correct_here,
        name="correct_here",
    ),
    path("<slug:slug>/corrections/", corrections.corrections, name="corrections"),
    path("<slug:slug>/corrections/<uuid:pk>/", corrections.correction, name="correction"),
    path(
        "<slug:slug>/corrections/<uuid:pk>/answer/",
        corrections.correction_answer,
        name="correction_answer",
    ),
    path(
        "<slug:slug>/corrections/<uuid:pk>/withdraw/",
        corrections.correction_withdraw,
        name="correction_withdraw",
    ),
    path(
        "<slug:slug>/corrections/<uuid:pk>/reopen/",
        corrections.correction_reopen,
        name="correction_reopen",
    ),
    path("<slug:slug>/note/", noting.later_note, name="later_note"),
    path("<slug:slug>/redactions/", publishing.redactions, name="redactions"),
    path("<slug:slug>/publish-minutes/", publishing.publish_minutes, name="publish_minutes"),
    path(
        "<slug:slug>/approve-publication/",
        publishing.approve_publication,
        name="approve_publication",
    ),
    path(
        "<slug:slug>/withdraw-publication/",
        publishing.withdraw_publication,
        name="withdraw_publication",
    ),
]

# ---- dates, agenda, attendance ------------------------------------------------------------------

before = [
    path("", calendar.meeting_list, name="list"),
    path("dates/<slug:group>/", calendar.schedule, name="schedule"),
    path("<slug:slug>/", calendar.detail, name="detail"),
    path("<slug:slug>/history/", calendar.meeting_history, name="history"),
    path("<slug:slug>/items/<uuid:pk>/", item.item, name="item"),
    path("<slug:slug>/move/", calendar.move_date, name="move_date"),
    path("<slug:slug>/cancel/", calendar.cancel, name="cancel"),
    path("<slug:slug>/agenda/", agenda.agenda, name="agenda"),
    path("<slug:slug>/agenda/add/", agenda.item_add, name="item_add"),
    path("<slug:slug>/agenda/publish/", agenda.publish_agenda, name="publish_agenda"),
    path("<slug:slug>/agenda/<uuid:pk>/", agenda.item_change, name="item_change"),
    path("<slug:slug>/agenda/order/", ordering.agenda_order, name="agenda_order"),
    path("<slug:slug>/agenda/<uuid:pk>/move/", ordering.item_move, name="item_move"),
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

# ---- before the meeting: orders of business, items for later, offers, reports -------------------

of_groups = [
    path("templates/", templates.templates, name="templates"),
    path("templates/add/", templates.template_add, name="template_add"),
    path("templates/<uuid:pk>/", templates.template, name="template"),
    path("templates/<uuid:pk>/change/", templates.template_change, name="template_change"),
    path("templates/<uuid:pk>/standing/", templates.template_standing, name="template_standing"),
    path("templates/<uuid:pk>/remove/", templates.template_remove, name="template_remove"),
    path("templates/<uuid:pk>/add/", templates.line_add, name="line_add"),
    path("templates/<uuid:pk>/<int:line>/", templates.line_change, name="line_change"),
    path("templates/<uuid:pk>/<int:line>/remove/", templates.line_remove, name="line_remove"),
    path("templates/<uuid:pk>/<int:line>/move/", templates.line_move, name="line_move"),
    path("later/", backlog.backlog, name="backlog"),
    path("later/csv/", backlog.backlog_csv, name="backlog_csv"),
    path("later/add/", backlog.backlog_add, name="backlog_add"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:slug>/", reports.report_write, name="report_write"),
]

beforehand = [
    path("groups/<slug:group>/", include(of_groups)),
    path("later/<uuid:pk>/", backlog.backlog_item, name="backlog_item"),
    path("later/<uuid:pk>/change/", backlog.backlog_change, name="backlog_change"),
    path("later/<uuid:pk>/remove/", backlog.backlog_remove, name="backlog_remove"),
    path("later/<uuid:pk>/decline/", backlog.backlog_decline, name="backlog_decline"),
    path("later/<uuid:pk>/later/", backlog.backlog_later, name="backlog_later"),
    path("later/<uuid:pk>/reopen/", backlog.backlog_reopen, name="backlog_reopen"),
    path("later/<uuid:pk>/take-back/", backlog.backlog_withdraw, name="backlog_withdraw"),
    path("<slug:slug>/agenda/fill/", templates.agenda_fill, name="agenda_fill"),
    path("<slug:slug>/agenda/waiting/<uuid:pk>/", backlog.take_up, name="take_up"),
    path(
        "<slug:slug>/agenda/waiting/<uuid:pk>/change/",
        backlog.take_up_changed,
        name="take_up_changed",
    ),
    path("<slug:slug>/agenda/<uuid:pk>/back/", backlog.put_back, name="put_back"),
    path("<slug:slug>/agenda/<uuid:pk>/keep/", backlog.item_keep, name="item_keep"),
    path("<slug:slug>/agenda/<uuid:pk>/carry/", backlog.item_carry, name="item_carry"),
    path("offers/", offers.offers, name="offers"),
    path("<slug:slug>/offer/", offers.offer, name="offer"),
    path("<slug:slug>/items/<uuid:pk>/offer/", offers.paper_offer, name="paper_offer"),
    path("offered/<uuid:pk>/", offers.offered, name="offered"),
    path("offered/<uuid:pk>/file/", offers.offered_file, name="offered_file"),
    path("offered/<uuid:pk>/decline/", offers.offered_decline, name="offered_decline"),
    path("offered/<uuid:pk>/take-back/", offers.offered_withdraw, name="offered_withdraw"),
    path("reports/<uuid:pk>/", reports.report, name="report"),
    path("reports/<uuid:pk>/send/", reports.report_send, name="report_send"),
    path("reports/<uuid:pk>/take-back/", reports.report_take_back, name="report_take_back"),
    path("<slug:slug>/minutes/<int:number>/steer/", reports.steer_add, name="steer_add"),
    path(
        "<slug:slug>/minutes/<int:number>/steer/remove/", reports.steer_remove, name="steer_remove"
    ),
]

# ---- interests declared, and one's own notes ----------------------------------------------------

interest_paths = [
    path("<slug:slug>/interests/", interests.interests, name="interests"),
    path("<slug:slug>/interests/other/", interests.interests_other, name="interests_other"),
    path(
        "<slug:slug>/interests/<uuid:pk>/take-back/",
        interests.interest_take_back,
        name="interest_take_back",
    ),
]
note_paths = [
    path("notes/", notes.notes, name="notes"),
    path("notes/notes.csv", notes.notes_csv, name="notes_csv"),
]

# ---- registers, series and subjects; calendars --------------------------------------------------

register_pages = [
    path("decisions/", decisions.register, name="decisions"),
    path("decisions/csv/", decisions.download, name="decisions_csv"),
    path("decisions/<uuid:pk>/", decisions.decision, name="decision"),
    path("decisions/<uuid:pk>/outcome/", decisions.outcome, name="outcome"),
    path(
        "decisions/<uuid:pk>/outcome/<int:number>/remove/",
        decisions.outcome_remove,
        name="outcome_remove",
    ),
    path("decisions/<uuid:pk>/strategic/", decisions.strategic, name="strategic"),
    path("of/<slug:group>/", series.series, name="series"),
    path("of/<slug:group>/attendance/", attending.attendance_record, name="attendance_record"),
    path("of/<slug:group>/attendance/csv/", attending.attendance_csv, name="attendance_csv"),
    path("subjects/<uuid:key>/", threads.thread, name="thread"),
    path("<slug:slug>/calendar.ics", feeds.file, name="ics"),
]

public_registers = [
    path("public/subjects/", threads.public_subjects, name="public_subjects"),
    path("public/subjects/<uuid:key>/", threads.public_subject, name="public_subject"),
    path("public/calendar.ics", feeds.public_feed, name="public_calendar"),
    path("public/meetings/<slug:slug>/calendar.ics", feeds.public_file, name="public_ics"),
]

# Of no partnership: a person's own, for all their groups.
own_calendar = [
    path("", feeds.page, name="page"),
    path("make/", feeds.make, name="make"),
    path("remove/", feeds.remove, name="remove"),
    path("<slug:secret>.ics", feeds.feed, name="feed"),
    path("<slug:secret>/duties.ics", duty_feed.duty_feed, name="duties"),
]

urlpatterns = [
    *note_paths,
    *public_registers,
    path(
        "meetings/",
        include(
            [
                *beforehand,
                *register_pages,
                *interest_paths,
                *after,
                *live_pages,
                *pack_pages,
                *review_pages,
                *before,
            ]
        ),
    ),
    path("public/meetings/", include(public_pages)),
    path("public/meetings/<slug:slug>/", calendar.public_agenda, name="public_agenda"),
]
