"""Every address of the site; public pages stand under their language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as editing

from hamroh.archive.views.public import feed as archive_feed
from hamroh.site import desk, health, public, sitemap, tour
from hamroh.site.api import hsds_api, v1_api
from hamroh.site.oai.views import oai
from hamroh.site.search_feed import search_feed
from hamroh.site.search_page import search
from hamroh.training.views.public import verify_root

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.front, name="front"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("sitemap.xml", sitemap.whole, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap-part"),
    path("edit/", include(editing)),
    path("", include("hamroh.pages.media_urls")),
    path("", include("hamroh.web.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/", include("hamroh.accounts.urls")),
    path("desk/", desk.home, name="desk"),
    path("desk/", include("hamroh.accounts.day_urls")),
    path("desk/retention/", include("hamroh.accounts.retention_urls")),
    path("desk/recovery/", include("hamroh.accounts.recovery_urls")),
    path("desk/people/", include("hamroh.accounts.desk_urls")),
    path("desk/cases/", include("hamroh.cases.urls")),
    path("desk/tracing/exchanges/", include("hamroh.tracing.urls_exchanges")),
    path("desk/tracing/partners/", include("hamroh.tracing.urls_partners")),
    path("desk/tracing/", include("hamroh.tracing.urls")),
    path("desk/field/results/", include("hamroh.fieldwork.campaign_urls")),
    path("desk/field/", include("hamroh.fieldwork.desk_urls")),
    path("desk/emergencies/", include("hamroh.emergencies.desk_urls")),
    path("desk/groups/meetings/", include("hamroh.groups.meeting_urls")),
    path("desk/groups/", include("hamroh.groups.desk_urls")),
    path("desk/training/workshops/", include("hamroh.training.workshop_urls")),
    path("desk/training/", include("hamroh.training.desk_urls")),
    path("verify/", verify_root, name="verify"),
    path("openrosa/", include("hamroh.fieldwork.openrosa_urls")),
    path("fill/", include("hamroh.fieldwork.filler_urls")),
    path("cap/", include("hamroh.emergencies.cap_urls")),
    path("desk/law/", include("hamroh.cases.law_urls")),
    path("desk/figures/", include("hamroh.cases.figures_urls")),
    path("desk/directory/", include("hamroh.directory.desk_urls")),
    path("desk/evidence/review/", include("hamroh.evidence.review_urls")),
    path("desk/evidence/", include("hamroh.evidence.desk_urls")),
    path("desk/library/", include("hamroh.library.desk_urls")),
    path("desk/archive/", include("hamroh.archive.desk_urls")),
    path("desk/pages/", include("hamroh.pages.desk_urls")),
    path("desk/thesaurus/", include("hamroh.thesaurus.desk_urls")),
    path("cal/", include("hamroh.cases.feed_urls")),
    path("id/", include("hamroh.thesaurus.id_urls")),
    path("rest/v1/", include("hamroh.thesaurus.rest_urls")),
    path("feeds/thesaurus/", include("hamroh.thesaurus.feed_urls")),
    path("iiif/", include("hamroh.archive.iiif_urls")),
    path("feeds/archive.<str:lang>.atom", archive_feed, name="archive-feed"),
    path("feeds/search.<str:lang>.atom", search_feed, name="search-feed"),
    re_path(r"^oai/?$", oai, name="oai"),
    path("feeds/library/", include("hamroh.library.feed_urls")),
    path("sdmx/", include("hamroh.evidence.sdmx_urls")),
    path("api/hsds/", hsds_api.urls),
    path("api/v1/", v1_api.urls),
    path("api/exchange/", include("hamroh.tracing.urls_line")),
    *i18n_patterns(
        path("directory/", include("hamroh.directory.urls")),
        path("evidence/", include("hamroh.evidence.urls")),
        path("library/", include("hamroh.library.urls")),
        path("archive/", include("hamroh.archive.urls")),
        path("info/r/", include("hamroh.cases.rights_urls")),
        path("letter/", include("hamroh.cases.link_urls")),
        path("training/", include("hamroh.training.public_urls")),
        path("budget/", include("hamroh.training.budget_urls")),
        path("alerts/", include("hamroh.emergencies.public_urls")),
        path("info/", include("hamroh.directory.finder_urls")),
        path("", public.home, name="home"),
        path("tour/", tour.tour, name="tour"),
        path("about/", public.about, name="about"),
        path("about/safety/", public.safety, name="safety"),
        path("about/accessibility/", public.accessibility, name="accessibility"),
        path("about/contact/", public.contact, name="contact"),
        path("thesaurus/", include("hamroh.thesaurus.urls")),
        path("search/", search, name="search"),
        path("", include("hamroh.pages.urls")),
    ),
]

handler500 = "hamroh.web.views.server_error"
