"""Addresses under /desk/evidence/review/: rounds, comments, Word copies, publication, differences."""

from django.urls import path, re_path

from hamroh.evidence.views import differing, drafting, publishing, reviewing, wordcopy

app_name = "evidence-review"
EDITION = r"(?P<code>[0-9a-z]{8})"
ROUND = rf"{EDITION}/rounds/(?P<number>\d{{1,4}})"
REMARK = rf"{EDITION}/comments/(?P<remark>[0-9a-f-]{{36}})"
OTHER = rf"{EDITION}/difference/(?P<other>[0-9a-z]{{8}})"
urlpatterns = [
    path("", reviewing.mine, name="mine"),
    re_path(rf"^{EDITION}/$", reviewing.edition, name="edition"),
    re_path(rf"^{EDITION}/draft/$", drafting.draft, name="draft"),
    re_path(rf"^{EDITION}/draft/whole/$", drafting.whole, name="whole"),
    re_path(rf"^{EDITION}/draft/s/(?P<section>[0-9A-Za-z._-]{{1,40}})/$", drafting.part, name="part"),
    re_path(rf"^{EDITION}/say/$", reviewing.say, name="say"),
    re_path(rf"^{EDITION}/finish/$", reviewing.finish, name="finish"),
    re_path(rf"^{EDITION}/comments/$", reviewing.comments, name="comments"),
    re_path(rf"^{REMARK}/$", reviewing.exchange, name="exchange"),
    re_path(rf"^{REMARK}/settle/$", reviewing.settle, name="settle"),
    re_path(rf"^{EDITION}/rounds/open/$", reviewing.open_round, name="open-round"),
    re_path(rf"^{ROUND}/ask/$", reviewing.ask, name="ask"),
    re_path(rf"^{ROUND}/until/$", reviewing.move_deadline, name="move-deadline"),
    re_path(rf"^{ROUND}/excuse/$", reviewing.excuse, name="excuse"),
    re_path(rf"^{ROUND}/close/$", reviewing.close_round, name="close-round"),
    re_path(rf"^{EDITION}/word/$", wordcopy.word, name="word"),
    re_path(rf"^{EDITION}/word/(?P<lang>en|az|ru|tg)/$", wordcopy.copy, name="word-copy"),
    re_path(rf"^{EDITION}/move/$", publishing.move, name="move"),
    re_path(rf"^{EDITION}/withdraw/$", publishing.withdraw, name="withdraw"),
    re_path(rf"^{EDITION}/endorse/$", publishing.endorse, name="endorse"),
    re_path(rf"^{EDITION}/correct/$", publishing.correct, name="correct"),
    re_path(rf"^{OTHER}/$", differing.page, name="difference"),
    re_path(rf"^{OTHER}/figures\.csv$", differing.csv_file, name="difference-csv"),
]
