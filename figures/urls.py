"""Addresses of figures, within a partnership."""

from typing import Any

from django.urls import path

from figures.views import crime as views
from figures.views import holding
from figures.views import indicators as indicator_views
from figures.views import returns as return_views

app_name = "figures"

# Street crime: what is held, and sending in more.
files: list[Any] = [
    path("holding/", holding.holding, name="holding"),
    path("holding/csv/", holding.holding_csv, name="holding_csv"),
    path("holding/send-in/", holding.send_in, name="send_in"),
    path("holding/files/<int:pk>/", holding.file, name="file"),
    path("holding/files/<int:pk>/use-again/", holding.use_again, name="file_use_again"),
    path("holding/runs/<uuid:pk>/", holding.run, name="run"),
    path("holding/runs/<uuid:pk>/refused/", holding.refusals_csv, name="refusals_csv"),
    path("holding/runs/<uuid:pk>/again/", holding.run_again, name="run_again"),
]

# Street crime: counts, charts, maps.
crime: list[Any] = [
    path("", views.crime, name="crime"),
    path("months/", views.by_month, name="months"),
    path("districts/", views.districts, name="districts"),
    path("wards/<slug:code>/", views.ward, name="ward"),
    path("csv/<slug:table>/", views.crime_csv, name="crime_csv"),
]

# Indicators, returns of agencies, gaps.
indicators: list[Any] = [
    path("indicators/", indicator_views.indicators, name="indicators"),
    path("indicators/add/", indicator_views.indicator_add, name="indicator_add"),
    path("indicators/set-up/", indicator_views.indicators_set_up, name="indicators_set_up"),
    path("indicators/<slug:slug>/", indicator_views.indicator, name="indicator"),
    path("indicators/<slug:slug>/change/", indicator_views.indicator_change,
         name="indicator_change"),
    path("indicators/<slug:slug>/end/", indicator_views.indicator_end, name="indicator_end"),
    path("indicators/<slug:slug>/resume/", indicator_views.indicator_resume,
         name="indicator_resume"),
    path("indicators/<slug:slug>/break/", indicator_views.indicator_break, name="indicator_break"),
    path(
        "indicators/<slug:slug>/break/<int:pk>/remove/", indicator_views.indicator_break_remove,
        name="indicator_break_remove",
    ),
    path("missing/", indicator_views.gaps, name="gaps"),
    path("returns/", return_views.returns, name="returns"),
    path("returns/ask/", return_views.returns_ask, name="returns_ask"),
    path("returns/<uuid:pk>/", return_views.figures_return, name="return"),
    path("returns/<uuid:pk>/template/<slug:kind>/", return_views.return_template,
         name="return_template"),
    path("returns/<uuid:pk>/file/", return_views.return_upload, name="return_upload"),
    path("returns/<uuid:pk>/file/<uuid:upload>/", return_views.return_preview,
         name="return_preview"),
]  # fmt: skip

urlpatterns = [*files, *crime, *indicators]
