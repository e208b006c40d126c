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
    ],
    "sealedroom",
)
urlpatterns = [path("desk/sealed/", include(room)), *site.urlpatterns]
handler500 = site.handler500
