"""Every address of the application; a partnership's own begin with its slug."""

from django.urls import include, path

from csp import views
from meetings.urls import own_calendar

handler400 = "csp.views.bad_request"
handler403 = "csp.views.refused"
handler404 = "csp.views.missing"
handler500 = "csp.views.broken"

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("accounts.urls")),
    path("", include("notices.urls")),
    path("calendar/", include((own_calendar, "calendar"))),
    path("demonstration/", include("demo.urls")),
    path("", include("dashboards.urls")),
    path(
        "<slug:partnership>/",
        include(
            [
                path("", include("membership.urls")),
                path("", include("meetings.urls")),
                path("actions/", include("actions.urls")),
                path("figures/", include("figures.urls")),
                path("assessments/", include("assessments.urls")),
                path("", include("triggers.urls")),
                path("death-reviews/", include("dhr.urls")),
                path("", include("documents.urls")),
            ]
        ),
    ),
]
