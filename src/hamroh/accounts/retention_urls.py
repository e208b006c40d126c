"""Addresses under /desk/retention/."""

from django.urls import path

from hamroh.accounts.views import holds, retention

app_name = "retention"
urlpatterns = [
    path("", retention.queue, name="queue"),
    path("propose/", retention.propose, name="propose"),
    path("keep/", retention.keep, name="keep"),
    path("asked/", holds.asked, name="asked"),
    path("proposed/<uuid:release>/", retention.proposal, name="proposal"),
    path("proposed/<uuid:release>/release/", retention.release, name="release"),
    path("proposed/<uuid:release>/back/", retention.send_back, name="send-back"),
    path("done/", retention.done, name="done"),
    path("done/<uuid:release>/", retention.certificate, name="certificate"),
    path("done/<uuid:release>/file/", retention.certificate_file, name="certificate-file"),
    path("holds/", holds.holds, name="holds"),
    path("holds/new/", holds.new_hold, name="new-hold"),
    path("holds/<uuid:hold>/lift/", holds.lift, name="lift"),
    path("mine/", holds.mine, name="mine"),
    path("mine/<uuid:line>/", holds.object_to, name="object"),
    path("periods/", holds.periods, name="periods"),
    path("periods/<slug:of>/", holds.period, name="period"),
]
