"""Addresses of meetings: attendance, savings, loans, decisions; the phone that holds them without a line."""

from django.urls import path

from hamroh.groups.views import meetings, phone, savings, telephones

app_name = "meetings"
urlpatterns = [
    path("phone/", phone.page, name="phone"),
    path("phone/worker.js", phone.worker, name="phone-worker"),
    path("phone/api/<slug:carried>/", phone.api, name="phone-api"),
    path("<slug:code>/", meetings.meetings, name="list"),
    path("<slug:code>/cycle/", meetings.new_cycle, name="new-cycle"),
    path("<slug:code>/new/", meetings.new, name="new"),
    path("<slug:code>/share-out/", savings.share_out, name="share-out"),
    path("<slug:code>/members/<int:number>/", savings.passbook, name="passbook"),
    path("<slug:code>/quarter/<int:year>/<int:quarter>/", savings.quarter, name="quarter"),
    path(
        "<slug:code>/quarter/<int:year>/<int:quarter>/quarter.csv",
        savings.quarter_file,
        {"form": "csv"},
        name="quarter-csv",
    ),
    path(
        "<slug:code>/quarter/<int:year>/<int:quarter>/quarter.xlsx",
        savings.quarter_file,
        {"form": "xlsx"},
        name="quarter-xlsx",
    ),
    path("<slug:code>/take/", telephones.take, name="take"),
    path("<slug:code>/telephones/", telephones.telephones, name="telephones"),
    path("<slug:code>/telephones/<uuid:carried>/call-back/", telephones.revoke, name="call-back"),
    path("<slug:code>/records/<uuid:parcel>/", telephones.settle, name="settle"),
    path("<slug:code>/<int:number>/", meetings.meeting, name="meeting"),
    path("<slug:code>/<int:number>/attendance/", meetings.attendance, name="attendance"),
    path("<slug:code>/<int:number>/money/", meetings.money, name="money"),
    path("<slug:code>/<int:number>/loan/", meetings.loan, name="loan"),
    path("<slug:code>/<int:number>/line/", meetings.line, name="line"),
    path("<slug:code>/<int:number>/undo/", meetings.correct, name="undo"),
    path("<slug:code>/<int:number>/bring-over/", meetings.bring_over, name="bring-over"),
    path("<slug:code>/<int:number>/decision/", meetings.decide, name="decision"),
    path("<slug:code>/<int:number>/agenda/", meetings.agenda, name="agenda"),
    path("<slug:code>/<int:number>/close/", meetings.close, name="close"),
    path("<slug:code>/<int:number>/reopen/", meetings.reopen, name="reopen"),
]
