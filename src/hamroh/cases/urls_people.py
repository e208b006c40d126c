"""Addresses of the people of a case."""

from django.urls import path

from hamroh.cases.views import aligning, conflicts, household, people, relations

urlpatterns = [
    path("conflicts/", conflicts.waiting, name="conflicts"),
    path("<slug:code>/conflicts/<uuid:conflict>/", conflicts.conflict, name="conflict"),
    path("<slug:code>/compare/", conflicts.compare, name="compare"),
    path("<slug:code>/household/", household.household, name="household"),
    path("<slug:code>/people/add/", people.add, name="add-person"),
    path("<slug:code>/people/related/", relations.add_relation, name="add-relation"),
    path("<slug:code>/people/related/<uuid:relationship>/", relations.relation, name="relation"),
    path("<slug:code>/people/<uuid:person>/", people.person, name="person"),
    path("<slug:code>/people/<uuid:person>/edit/", people.edit, name="edit-person"),
    path("<slug:code>/people/<uuid:person>/beside/<uuid:other>/", people.beside, name="beside"),
    path("<slug:code>/people/<uuid:person>/beside/<uuid:other>/lines/", aligning.lines, name="lines"),
    path("<slug:code>/people/<uuid:person>/beside/<uuid:other>/back/", aligning.put_back, name="put-people-back"),
]
