"""The addresses of this room: everything of a partnership's people, sharing and settings."""

from django.urls import include, path

from membership.views import (
    agencies,
    countywide,
    directory,
    emergencies,
    groups,
    interests,
    people,
    records,
    sharing,
)

app_name = "membership"

agency_paths = [
    path("<slug:slug>/", agencies.agency, name="agency"),
    path("<slug:slug>/change/", agencies.agency_change, name="agency_change"),
    path("<slug:slug>/succeed/", agencies.agency_succeed, name="agency_succeed"),
    path("<slug:slug>/posts/add/", agencies.post_add, name="post_add"),
    path("<slug:slug>/posts/<uuid:pk>/end/", agencies.post_end, name="post_end"),
]

group_paths = [
    path("<slug:slug>/", groups.group, name="group"),
    path("<slug:slug>/change/", groups.group_change, name="group_change"),
    path("<slug:slug>/end/", groups.group_end, name="group_end"),
    path("<slug:slug>/seats/add/", people.seat_add, name="seat_add"),
    path("<slug:slug>/places/add/", groups.place_add, name="place_add"),
    path("<slug:slug>/places/<int:pk>/end/", groups.place_end, name="place_end"),
]

people_paths = [
    path("", directory.people, name="people"),
    path("people.csv", directory.people_csv, name="people_csv"),
    path("popolo.json", directory.popolo, name="popolo"),
    path("invite/", people.invite, name="invite"),
    path("add-agency/", agencies.agency_add, name="agency_add"),
    path("agencies/", include(agency_paths)),
    path("add-group/", groups.group_add, name="group_add"),
    path("groups/", include(group_paths)),
    path("partners/add/", agencies.partner_add, name="partner_add"),
    path("partners/<uuid:pk>/change/", agencies.partner_change, name="partner_change"),
    path("partners/<uuid:pk>/leave/", agencies.partner_leave, name="partner_leave"),
    path("seats/<uuid:pk>/end/", people.seat_end, name="seat_end"),
    path("seats/<uuid:pk>/renew/", people.seat_renew, name="seat_renew"),
    path("seats/<uuid:pk>/move/", people.seat_move, name="seat_move"),
    path("<uuid:pk>/", directory.person, name="person"),
    path("<uuid:pk>/invitation/", people.person_correct, name="person_correct"),
    path("<uuid:pk>/invitation/send/", people.person_resend, name="person_resend"),
    path("<uuid:pk>/close/", people.person_close, name="person_close"),
    path("<uuid:pk>/open/", people.person_open, name="person_open"),
]

sharing_paths = [
    path("", sharing.sharing, name="sharing"),
    path("agreements/add/", sharing.agreement_add, name="agreement_add"),
    path("agreements/<uuid:pk>/change/", sharing.agreement_change, name="agreement_change"),
    path("agreements/<uuid:pk>/sign/", sharing.sign, name="sign"),
    path("signatures/<uuid:pk>/end/", sharing.signature_end, name="signature_end"),
    path("groups/<slug:slug>/protocol/", sharing.protocol_add, name="protocol_add"),
    path("protocols/<uuid:pk>/", sharing.protocol, name="protocol"),
    path("protocols/<uuid:pk>/review/", sharing.protocol_change, name="protocol_change"),
    path("protocols/<uuid:pk>/end/", sharing.protocol_end, name="protocol_end"),
]

countywide_paths = [
    path("", countywide.countywide, name="countywide"),
    path("add/", countywide.representation_add, name="representation_add"),
    path("<uuid:pk>/", countywide.representation, name="representation"),
    path("<uuid:pk>/change/", countywide.representation_change, name="representation_change"),
    path("<uuid:pk>/end/", countywide.representation_end, name="representation_end"),
    path("<uuid:pk>/report/", countywide.representation_report, name="representation_report"),
]

interest_paths = [
    path("", interests.interests, name="interests"),
    path("register.csv", interests.interests_csv, name="interests_csv"),
    path("add/", interests.interest_add, name="interest_add"),
    path("add-other/", interests.interest_add_other, name="interest_add_other"),
    path("<uuid:pk>/", interests.interest, name="interest"),
    path("<uuid:pk>/change/", interests.interest_change, name="interest_change"),
    path("<uuid:pk>/end/", interests.interest_end, name="interest_end"),
]

emergency_paths = [
    path("", emergencies.emergencies, name="emergencies"),
    path("ask/", emergencies.emergency_ask, name="emergency_ask"),
    path("<uuid:pk>/agree/", emergencies.emergency_agree, name="emergency_agree"),
    path("<uuid:pk>/refuse/", emergencies.emergency_refuse, name="emergency_refuse"),
    path("<uuid:pk>/take-back/", emergencies.emergency_take_back, name="emergency_take_back"),
    path("<uuid:pk>/end/", emergencies.emergency_end, name="emergency_end"),
]

urlpatterns = [
    path("emergency-reading/", include(emergency_paths)),
    path("interests/", include(interest_paths)),
    path("people/", include(people_paths)),
    path("sharing/", include(sharing_paths)),
    path("countywide/", include(countywide_paths)),
    path("settings/", records.settings, name="settings"),
    path("history/<slug:kind>/<str:pk>/", records.history, name="history"),
]
