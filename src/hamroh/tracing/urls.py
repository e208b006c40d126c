"""Addresses under /desk/tracing/."""

from django.urls import path

from hamroh.tracing.views import imports, judging, pools, protection, requests

app_name = "tracing"
urlpatterns = [
    path("", requests.mine, name="list"),
    path("new/", requests.new, name="new"),
    path("search/", judging.searches, name="searches"),
    path("protection/", protection.guarded, name="guarded"),
    path("pools/", pools.pools, name="pools"),
    path("pools/new/", pools.new, name="new-pool"),
    path("pools/<slug:code>/", pools.pool, name="pool"),
    path("pools/<slug:code>/add/", pools.add, name="add-record"),
    path("pools/<slug:code>/end/", pools.end, name="end-pool"),
    path("pools/<slug:code>/file/", imports.upload, name="upload"),
    path("pools/<slug:code>/file/<uuid:batch>/", imports.fate, name="import"),
    path("pools/<slug:code>/file/<uuid:batch>/columns/", imports.columns, name="columns"),
    path("pools/<slug:code>/file/<uuid:batch>/decide/", imports.decide, name="decide-import"),
    path("pools/<slug:code>/<uuid:record>/", pools.record, name="record"),
    path("pools/<slug:code>/<uuid:record>/withdraw/", pools.withdraw, name="withdraw"),
    path("case/<slug:case>/take-over/", requests.take_over, name="take-over"),
    path("<slug:code>/", requests.request, name="request"),
    path("<slug:code>/correct/", requests.correct, name="correct"),
    path("<slug:code>/photo/", requests.photo, name="photo"),
    path("<slug:code>/photo/file/", requests.photo_file, name="photo-file"),
    path("<slug:code>/consent/", requests.consent, name="consent"),
    path("<slug:code>/renew/", requests.renew, name="renew"),
    path("<slug:code>/end/", requests.end, name="end"),
    path("<slug:code>/found/", judging.shortlist, name="shortlist"),
    path("<slug:code>/found/<uuid:record>/", judging.beside_record, name="beside"),
    path("<slug:code>/asked/<uuid:other>/", judging.beside_request, name="beside-request"),
    path("<slug:code>/move/", judging.move, name="move"),
    path("<slug:code>/note/", judging.note, name="note"),
    path("<slug:code>/settled/", judging.settled, name="settled"),
    path("<slug:code>/protection/", protection.one, name="protection"),
    path("<slug:code>/protection/note/", protection.note, name="protection-note"),
    path("<slug:code>/protection/end/", protection.end, name="protection-end"),
]
