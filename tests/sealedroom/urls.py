"""The site with the sealed room at its desk."""

from django.urls import include, path

from hamroh.site import urls as site
from sealedroom import views

room = (
    [
        path("", views.matters, name="matters"),
        path("<uuid:pk>/", views.matter, name="matter"),
        path("<uuid:pk>/rename/", views.rename, name="rename"),
        path("notes/<uuid:pk>/", views.note, name="note"),
        path("fault/", views.fault, name="fault"),
        path("shelters/", views.shelters, name="shelters"),
        path("shelters/add/", views.add_shelter, name="add-shelter"),
        path("shelters/<uuid:pk>/", views.shelter, name="shelter"),
        path("shelters/<uuid:pk>/move/", views.move_shelter, name="move-shelter"),
        path("shelters/<uuid:pk>/let-in/", views.let_in, name="let-in"),
        path("shelters/<uuid:pk>/shut-out/", views.shut_out, name="shut-out"),
    ],
    "sealedroom",
)
urlpatterns = [path("desk/sealed/", include(room)), *site.urlpatterns]
handler500 = site.handler500
