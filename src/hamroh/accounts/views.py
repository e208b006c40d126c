"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hamroh.accounts import selectors
from hamroh.accounts.forms import SignIn as SignInForm

LOOPBACK = {"127.0.0.1", "::1"}


def offers_demo(request: HttpRequest) -> bool:
    """A demonstration signs in by a click, but only on the machine that it runs on."""
    return bool(settings.IS_DEMO) and request.META.get("REMOTE_ADDR") in LOOPBACK


@method_decorator(never_cache, name="dispatch")
class SignIn(LoginView):
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        people = selectors.demo_people() if offers_demo(self.request) else ()
        return super().get_context_data(demo_people=people, **kwargs)


@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """Become one of the demonstration's people."""
    person = selectors.demo_person(request.POST.get("username", "")) if offers_demo(request) else None
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
