"""The sign-in form."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignIn(AuthenticationForm):
    """User name and password; the answer never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _("User name and password do not fit together. Check both and try again."),
        "inactive": _("User name and password do not fit together. Check both and try again."),
    }
