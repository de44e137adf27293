"""Addresses of assessments, strategy, themes, powers, horizon and tensions."""

from typing import Any

from django.urls import include, path

from assessments.views import assessing, contributing, landing, publishing, sections
from assessments.views import horizon as horizon_views
from assessments.views import orders as order_views
from assessments.views import powers as power_views
from assessments.views import tensions as tension_views
from assessments.views import themes as theme_views
from assessments.views.strategy import adopting, editions, objectives, plans, priorities

app_name = "assessments"

assessment: list[Any] = [
    path("", landing.index, name="index"),
    path("strategic/", assessing.listing, name="assessments"),
    path("strategic/begin/", assessing.begin, name="assessment_begin"),
    path("strategic/<slug:slug>/", assessing.detail, name="assessment"),
    path("strategic/<slug:slug>/read/<str:edition>/", assessing.read, name="assessment_read"),
    path("strategic/<slug:slug>/pdf/<str:edition>/", assessing.as_pdf, name="assessment_pdf"),
    path("strategic/<slug:slug>/csv/<str:edition>/", assessing.as_csv, name="assessment_csv"),
    path("strategic/<slug:slug>/sources/", assessing.sources, name="assessment_sources"),
    path("strategic/<slug:slug>/section/<slug:key>/", sections.section, name="section"),
    path("strategic/<slug:slug>/section/<slug:key>/done/", sections.done, name="section_done"),
    path(
        "strategic/<slug:slug>/section/<slug:key>/undone/", sections.undone, name="section_undone"
    ),
    path(
        "strategic/<slug:slug>/section/<slug:key>/history/", sections.history,
        name="section_history",
    ),
    path("strategic/<slug:slug>/evidence/", contributing.evidence, name="evidence"),
    path("strategic/<slug:slug>/evidence/offer/", contributing.offer, name="evidence_offer"),
    path("strategic/<slug:slug>/evidence/<uuid:pk>/", contributing.answer, name="evidence_answer"),
    path("strategic/<slug:slug>/consultation/", contributing.consultation, name="findings"),
    path("strategic/<slug:slug>/consultation/add/", contributing.finding_add, name="finding_add"),
    path(
        "strategic/<slug:slug>/consultation/<int:pk>/", contributing.finding_change,
        name="finding_change",
    ),
    path(
        "strategic/<slug:slug>/consultation/<int:pk>/remove/", contributing.finding_remove,
        name="finding_remove",
    ),
    path("strategic/<slug:slug>/scores/", contributing.scores, name="scores"),
    path("strategic/<slug:slug>/scores/add/", contributing.score_add, name="score_add"),
    path("strategic/<slug:slug>/scores/weights/", contributing.weights, name="weights"),
    path("strategic/<slug:slug>/scores/<int:pk>/", contributing.score_change, name="score_change"),
    path(
        "strategic/<slug:slug>/scores/<int:pk>/remove/", contributing.score_remove,
        name="score_remove",
    ),
    path("strategic/<slug:slug>/board/", publishing.board, name="assessment_board"),
    path("strategic/<slug:slug>/take-back/", publishing.take_back, name="assessment_take_back"),
    path("strategic/<slug:slug>/adopt/", publishing.adopt, name="assessment_adopt"),
    path("strategic/<slug:slug>/publish/", publishing.publish, name="assessment_publish"),
    path("strategic/<slug:slug>/publish/approve/", publishing.approve, name="assessment_approve"),
    path("strategic/<slug:slug>/publish/decline/", publishing.decline, name="assessment_decline"),
]  # fmt: skip

# Everything of one edition: the strategy by its years, the edition by its year.
edition: list[Any] = [
    path("", editions.edition, name="edition"),
    path("read/", editions.read, name="edition_read"),
    path("delivery/", editions.delivery, name="edition_delivery"),
    path("changes/", editions.changes, name="edition_changes"),
    path("history/", editions.history, name="edition_history"),
    path("words/<slug:name>/", editions.words, name="edition_words"),
    path("consultation/", editions.consulted, name="edition_consulted"),
    path("assessment/", editions.assessment, name="edition_assessment"),
    path("withdraw/", editions.withdraw, name="edition_withdraw"),
    path("adopt/", adopting.adopt, name="edition_adopt"),
    path("take-over/", adopting.take_over, name="edition_take_over"),
    path("publish/", adopting.publish, name="edition_publish"),
    path("sent/", adopting.sent, name="edition_sent"),
    path("not-sent/", adopting.not_sent, name="edition_not_sent"),
    path("files/", adopting.files, name="edition_files"),
    path("files/make/", adopting.make, name="edition_make"),
    path("files/<slug:kind>/", adopting.file, name="edition_file"),
    path("leaflet/", adopting.leaflet, name="leaflet"),
    path("priorities/add/", priorities.add, name="priority_add"),
    path("priorities/<uuid:pk>/", priorities.priority, name="priority"),
    path("priorities/<uuid:pk>/change/", priorities.change, name="priority_change"),
    path("priorities/<uuid:pk>/move/", priorities.move, name="priority_move"),
    path("priorities/<uuid:pk>/remove/", priorities.remove, name="priority_remove"),
    path("priorities/<uuid:pk>/evidence/", priorities.evidence_add, name="evidence_add"),
    path("evidence/<int:pk>/remove/", priorities.evidence_remove, name="evidence_remove"),
    path("priorities/<uuid:pk>/objectives/", objectives.objective_add, name="objective_add"),
    path("objectives/<uuid:pk>/", objectives.objective_change, name="objective_change"),
    path("objectives/<uuid:pk>/remove/", objectives.objective_remove, name="objective_remove"),
    path("objectives/<uuid:pk>/measures/", objectives.measure_add, name="measure_add"),
    path("measures/<uuid:pk>/", objectives.measure_change, name="measure_change"),
    path("measures/<uuid:pk>/remove/", objectives.measure_remove, name="measure_remove"),
    path("objectives/<uuid:pk>/actions/", objectives.action_add, name="action_add"),
    path("objectives/<uuid:pk>/register/", objectives.action_link, name="action_link"),
    path("delivery/<int:pk>/", objectives.delivery_change, name="delivery_change"),
    path("delivery/<int:pk>/remove/", objectives.delivery_remove, name="delivery_remove"),
]

strategy: list[Any] = [
    path("strategy/", editions.strategies, name="strategies"),
    path("strategy/begin/", editions.begin, name="strategy_begin"),
    path("strategy/police-plans/", plans.police_plans, name="police_plans"),
    path("strategy/police-plans/add/", plans.police_plan_add, name="police_plan_add"),
    path("strategy/police-plans/<uuid:pk>/", plans.police_plan_change, name="police_plan_change"),
    path("strategy/<slug:slug>/", editions.strategy, name="strategy"),
    path("strategy/<slug:slug>/refresh/", editions.refresh, name="strategy_refresh"),
    path("strategy/<slug:slug>/<int:year>/", include(edition)),
]

powers: list[Any] = [
    path("powers/", power_views.powers, name="powers"),
    path("powers/use/", power_views.power_use_page, name="power_use"),
    path("powers/use/csv/", power_views.power_use_csv, name="power_use_csv"),
    path("powers/use/count/", power_views.power_count, name="power_count"),
    path("powers/<slug:slug>/", power_views.power, name="power"),
    path("orders/", order_views.orders, name="orders"),
    path("orders/csv/", order_views.orders_csv, name="orders_csv"),
    path("orders/add/", order_views.order_add, name="order_add"),
    path("orders/public/", order_views.public_orders, name="public_orders"),
    path("orders/public/<slug:slug>/", order_views.public_order, name="public_order"),
    path("orders/<slug:slug>/", order_views.order, name="order"),
    path("orders/<slug:slug>/change/", order_views.order_change, name="order_change"),
    path("orders/<slug:slug>/consult/", order_views.order_consult, name="order_consult"),
    path("orders/<slug:slug>/make/", order_views.order_make, name="order_make"),
    path("orders/<slug:slug>/extend/", order_views.order_extend, name="order_extend"),
    path("orders/<slug:slug>/discharge/", order_views.order_discharge, name="order_discharge"),
    path("orders/<slug:slug>/reinstate/", order_views.order_reinstate, name="order_reinstate"),
]

horizon: list[Any] = [
    path("horizon/", horizon_views.horizon, name="horizon"),
    path("horizon/csv/", horizon_views.horizon_csv, name="horizon_csv"),
    path("horizon/add/", horizon_views.horizon_add, name="horizon_add"),
    path("horizon/since/", horizon_views.horizon_since, name="horizon_since"),
    path("horizon/since/pdf/", horizon_views.horizon_pdf, name="horizon_pdf"),
    path("horizon/since/paper/", horizon_views.horizon_paper, name="horizon_paper"),
    path("horizon/<uuid:pk>/", horizon_views.policy_change, name="policy_change"),
    path("horizon/<uuid:pk>/change/", horizon_views.horizon_change, name="horizon_change"),
    path("horizon/<uuid:pk>/close/", horizon_views.horizon_close, name="horizon_close"),
    path("horizon/<uuid:pk>/reopen/", horizon_views.horizon_reopen, name="horizon_reopen"),
    path("horizon/<uuid:pk>/action/", horizon_views.horizon_action, name="horizon_action"),
    path("horizon/<uuid:pk>/link/", horizon_views.horizon_link, name="horizon_link"),
    path("horizon/<uuid:pk>/unlink/", horizon_views.horizon_unlink, name="horizon_unlink"),
]

themes: list[Any] = [
    path("themes/", theme_views.themes, name="themes"),
    path("themes/set-up/", theme_views.themes_set_up, name="themes_set_up"),
    path("themes/add/", theme_views.theme_add, name="theme_add"),
    path("themes/<slug:slug>/", theme_views.theme, name="theme"),
    path("themes/<slug:slug>/change/", theme_views.theme_change, name="theme_change"),
    path("themes/<slug:slug>/end/", theme_views.theme_end, name="theme_end"),
    path("themes/<slug:slug>/resume/", theme_views.theme_resume, name="theme_resume"),
    path(
        "themes/<slug:slug>/action/", theme_views.theme_link_action, name="theme_link_action"
    ),
    path(
        "themes/<slug:slug>/action/<slug:reference>/unlink/", theme_views.theme_unlink_action,
        name="theme_unlink_action",
    ),
    path("themes/<slug:slug>/paper/", theme_views.theme_link_paper, name="theme_link_paper"),
    path(
        "themes/<slug:slug>/paper/<uuid:pk>/unlink/", theme_views.theme_unlink_paper,
        name="theme_unlink_paper",
    ),
    path("tensions/", tension_views.tensions, name="tensions"),
    path("tensions/csv/", tension_views.tensions_csv, name="tensions_csv"),
    path("tensions/report/", tension_views.tension_report, name="tension_report"),
    path("tensions/<uuid:pk>/", tension_views.tension, name="tension"),
    path("tensions/<uuid:pk>/change/", tension_views.tension_change, name="tension_change"),
    path("tensions/<uuid:pk>/respond/", tension_views.tension_respond, name="tension_respond"),
    path("tensions/<uuid:pk>/close/", tension_views.tension_close, name="tension_close"),
    path("tensions/<uuid:pk>/reopen/", tension_views.tension_reopen, name="tension_reopen"),
    path("tensions/<uuid:pk>/show/", tension_views.tension_show, name="tension_show"),
]  # fmt: skip

# Before those in which any word may be a year or a strategy.
urlpatterns = [*powers, *horizon, *themes, *assessment, *strategy]
