"""Background work of the door."""

from datetime import time, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from hamroh.accounts import actions, devices, limits
from hamroh.accounts.actions import retention
from hamroh.accounts.models import Link, LinkKind, User
from hamroh.accounts.sessions import SessionStore
from hamroh.vault.actions import retention as vault
from hamroh.web import daily, statistics


@task()
def send_password_link(person: str) -> None:
    """A letter that says as little as can be; for a person who is not there, nothing."""
    user = User.objects.filter(pk=UUID(person), is_active=True).exclude(email="").first()
    if user is None:
        return
    secret = actions.link_from_shell(user=user, kind=LinkKind.PASSWORD)
    with translation.override(user.language):
        link = f"{settings.PUBLIC_URL}{reverse('accounts:arrive', kwargs={'secret': secret})}"
        send_mail(_("Your link"), link, None, [user.email])


@task()
def erase_released(release: str) -> None:
    """Erase what a second person has just released; what a fall interrupts is gone on with every night."""
    vault.erase_released(UUID(release))


@task()
def review_retention_nightly() -> None:
    """Count what is due and go on with what was released, shortly after every midnight."""
    daily.again(review_retention_nightly, time(0, 20))
    retention.night()


@task()
def tidy_daily() -> None:
    """Forget sessions that ended, tries that are refilled, devices not seen for long and links of a month ago; and let who has no
    role any more leave the records that only members open; and have the database count its rows.

    The worker starts it once; it leaves one waiting successor, however often the worker was started.
    """
    daily.again(tidy_daily)
    SessionStore.clear_expired()
    limits.drop_refilled()
    devices.drop_lapsed()
    Link.objects.filter(expires_at__lt=timezone.now() - timedelta(days=30)).delete()
    actions.let_lapsed_leave()
    statistics.renew()
