"""Every address of the site; public pages stand under their language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from hamroh.site.api import hsds_api, v1_api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/hsds/", hsds_api.urls),
    path("api/v1/", v1_api.urls),
    *i18n_patterns(),
]
