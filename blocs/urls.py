"""Addresses of set-up, members, calendar and activities."""

from __future__ import annotations

from django.urls import path

from blocs.views import activities, agencies, members, people, reports, reviews

app_name = "blocs"

urlpatterns = [
    # agencies
    path("agencies/", agencies.agency_list, name="agency_list"),
    path("agencies/new/", agencies.agency_create, name="agency_create"),
    path("agencies/<slug:slug>/", agencies.agency_detail, name="agency_detail"),
    path("agencies/<slug:slug>/names/", agencies.agency_rename, name="agency_rename"),
    path("agencies/<slug:slug>/delegation/", agencies.delegation_set, name="delegation_set"),
    # people
    path("people/", people.user_list, name="user_list"),
    path("people/new/", people.user_create, name="user_create"),
    path("people/<int:pk>/", people.user_edit, name="user_edit"),
    # blocs
    path("board/blocs/", reviews.bloc_list, name="bloc_list"),
    path("board/blocs/new/", reviews.bloc_create, name="bloc_create"),
    path("board/blocs/<int:pk>/", reviews.bloc_edit, name="bloc_edit"),
    # reviews
    path("board/reviews/new/", reviews.review_create, name="review_create"),
    path("<slug:bloc>/<int:year>/calendar/", reviews.calendar, name="calendar"),
    path("<slug:bloc>/<int:year>/close/", reviews.review_close, name="review_close"),
    # members
    path("<slug:bloc>/<int:year>/members/", members.member_list, name="member_list"),
    path("<slug:bloc>/<int:year>/members/add/", members.member_add, name="member_add"),
    path("<slug:bloc>/<int:year>/members/offices/", members.office_assign, name="office_assign"),
    path(
        "<slug:bloc>/<int:year>/members/<int:pk>/ranking/", members.ranking_set, name="ranking_set"
    ),
    path(
        "<slug:bloc>/<int:year>/members/<int:pk>/remove/",
        members.member_remove,
        name="member_remove",
    ),
    # activities
    path("<slug:bloc>/<int:year>/activities/", activities.activity_list, name="activity_list"),
    path(
        "<slug:bloc>/<int:year>/activities/registrations/<int:pk>/",
        activities.registration_record,
        name="registration_record",
    ),
    path(
        "<slug:bloc>/<int:year>/activities/meetings/new/",
        activities.meeting_create,
        name="meeting_create",
    ),
    path(
        "<slug:bloc>/<int:year>/activities/meetings/<int:pk>/",
        activities.meeting_edit,
        name="meeting_edit",
    ),
    path(
        "<slug:bloc>/<int:year>/activities/meetings/<int:pk>/remove/",
        activities.meeting_remove,
        name="meeting_remove",
    ),
    # reports
    path("<slug:bloc>/<int:year>/reports/", reports.report_list, name="report_list"),
    path(
        "<slug:bloc>/<int:year>/reports/<slug:agency>/", reports.report_detail, name="report_detail"
    ),
]
