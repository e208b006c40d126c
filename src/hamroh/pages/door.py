"""The door to the editors' tool at ``/edit/``: who comes in, which of its screens there are, and what its pages may do in a browser.

Wagtail has screens of its own for people, passwords, settings and reports. Here none of them is open: what is not listed is not there.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from hamroh.accounts import policy

ROOT = "/edit/"
#: Scripts and styles of our own address. Its editor writes styles into elements, so these cannot be refused; no script stands in a page.
CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
SCREENS = frozenset({
    "wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_explore_root",
    "wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_anchor_link", "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search", "wagtailadmin_block_preview",
    "wagtailadmin_dismissibles", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
    "wagtailadmin_api:pages:listing", "wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release",
    *(
        f"wagtailadmin_pages:{name}"
        for name in (
            "add", "preview_on_add", "edit", "preview_on_edit", "view_draft", "add_subpage", "delete", "workflow_action",
            "collect_workflow_action_data", "confirm_workflow_cancellation", "workflow_preview", "workflow_history",
            "workflow_history_detail", "history", "history_results", "revisions_index", "revisions_view", "revisions_revert",
            "revisions_compare", "revisions_unschedule", "lock", "unlock",
        )
    ),
})  # fmt: skip
#: arguments of addresses that name a page
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "object_id", "pk")


class EditDoor:
    """Comes after the middleware that knows who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(ROOT):
            response.headers["Content-Security-Policy"] = CONTENT
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _arguments: Any, options: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not request.path.startswith(ROOT):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        policy.require(request.user, "pages.edit")
        _require_screen(request)
        _require_own(request, options)
        return None


def _require_screen(request: HttpRequest) -> None:
    match = request.resolver_match
    assert match is not None
    if match.view_name not in SCREENS or request.user.is_superuser:
        raise Http404
    if match.view_name == "wagtailadmin_api:pages:listing" and request.GET.get("for_explorer") != "1":
        raise Http404


def _require_own(request: HttpRequest, options: dict[str, Any]) -> None:
    """Pages of other organisations are not there, whatever Wagtail would say of them."""
    from wagtail.models import Page

    from hamroh.pages.actions.sections import keep_in_step
    from hamroh.pages.models import Section

    houses = keep_in_step(actor=request.user)
    named = {int(options[name]) for name in PAGE_ARGUMENTS if str(options.get(name, "")).isdecimal()}
    if not named:
        return
    branches = list(Section.objects.filter(organisation__in=houses).values_list("path", flat=True))
    for page in Page.objects.filter(pk__in=named):
        if page.depth > 1 and not any(page.path.startswith(branch) for branch in branches):
            raise Http404
