"""Addresses of what is told of an alimony matter, and of its sheet."""

from django.urls import path

from hamroh.cases.views import alimony, sheets

HERE = "<slug:code>/matters/<uuid:matter>/alimony/"
urlpatterns = [
    path(HERE, alimony.alimony, name="alimony"),
    path(HERE + "sheet/", sheets.sheet, name="alimony-sheet"),
    path(HERE + "sheet/answer/", sheets.answer, name="answer-for-sheet"),
    path(HERE + "sheet/file/", sheets.sheet_file, name="alimony-sheet-file"),
    path(HERE + "many/", alimony.many, name="many-payments"),
    path(HERE + "new/<slug:thing>/", alimony.new, name="new-alimony"),
    path(HERE + "<uuid:fact>/", alimony.change, name="change-alimony"),
    path(HERE + "<uuid:fact>/back/", alimony.take_back, name="take-back-alimony"),
]
