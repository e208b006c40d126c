"""One request, one state of affairs: who asks is read once, and the database shows the rows of her organisations alone."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from hamroh.accounts import policy, rowsecurity
from hamroh.web import logs


class Scope:
    """Comes after the middleware that knows who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with policy.remembered():
            if not getattr(request.user, "is_authenticated", False):
                return self.get_response(request)
            organisations = {held.organisation_id for held in policy.standing(request.user).held}
            with rowsecurity.opened_for(organisations):
                return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """What the policy refused looks like a missing page; only the security log knows better.

        A page of hers that is not there is told, too: so both take as long, and who tries one id after the other is seen.
        """
        if isinstance(exception, Http404) and request.user.is_authenticated:
            reason = str(exception) if isinstance(exception, policy.Refused) else "nothing there"
            page = request.resolver_match
            logs.security("access.refused", user=request.user.pk, page=page and page.view_name, reason=reason)
