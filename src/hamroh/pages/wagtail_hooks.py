"""What of Wagtail's screens editors see: their own sections, and the way back to the desk."""

from typing import Any

from django.http import Http404, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hamroh.pages.actions.sections import editing_for
from hamroh.pages.models import Section

#: entries of the menu that stay
_STAY = {"explorer", "desk", "pages-desk"}


@hooks.register("register_admin_menu_item")
def to_the_desk() -> MenuItem:
    return MenuItem(gettext_lazy("Back to the desk"), reverse("desk"), name="desk", icon_name="arrow-left", order=9000)


@hooks.register("register_admin_menu_item")
def to_all_languages() -> MenuItem:
    return MenuItem(
        gettext_lazy("Pages in all languages"),
        reverse("pages-desk:pages"),
        name="pages-desk",
        icon_name="globe",
        order=200,
    )


@hooks.register("construct_main_menu")
def short_menu(_request: Any, items: list[Any]) -> None:
    items[:] = [each for each in items if each.name in _STAY]


@hooks.register("construct_homepage_summary_items")
def no_counts(_request: Any, items: list[Any]) -> None:
    items[:] = []


@hooks.register("construct_explorer_page_queryset")
def own_pages(_parent: Any, pages: Any, request: Any) -> Any:
    return _own(pages, request)


@hooks.register("construct_page_chooser_queryset")
def own_choices(pages: Any, request: Any) -> Any:
    return _own(pages, request)


def _own(pages: Any, request: Any) -> Any:
    paths = Section.objects.filter(organisation__in=editing_for(request.user)).values_list("path", flat=True)
    found = pages.none()
    for branch in paths:
        found |= pages.filter(path__startswith=branch)
    return found


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("pages/edit.css"))


@hooks.register("insert_editor_js")
def pickers() -> SafeString:
    return format_html(
        '<script src="{}" data-pictures="{}" data-choose="{}"></script>',
        static("pages/edit.js"), reverse("pages-desk:choose-picture"), gettext("Choose a picture"),
    )  # fmt: skip


class _Unused:
    """An address that every screen names and no screen of ours asks; the door answers nothing there."""

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.answer, name="listing")]

    @staticmethod
    def answer(_request: Any) -> HttpResponse:
        raise Http404


@hooks.register("construct_admin_api")
def without_files(router: Any) -> None:
    for name in ("images", "documents"):
        router.register_endpoint(name, _Unused)
