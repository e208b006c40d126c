"""``hamroh user``: people of an installation, from the shell."""

from typing import Any

import click

from hamroh.site.commands.homes import at_home

ROLES = (
    "administrator", "supervisor", "lawyer", "psychologist", "social_worker", "tracing_officer", "facilitator",
    "monitor", "editor", "analyst", "programme_manager", "duty_officer", "auditor", "partner_guest",
)  # fmt: skip


@click.group()
def user() -> None:
    """Add people, give and end roles, help those who cannot sign in."""


@user.command()
@click.argument("username")
@click.option("--name", default="", help="The name that is shown.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--organisation", default="home", show_default=True, help="Code of the organisation; made if new.")
@click.option("--country", default="tj", show_default=True, help="Country of a new organisation.")
@at_home
def add(username: str, name: str, role: str, organisation: str, country: str) -> None:
    """Add somebody; prints links by which she sets her password and her second factor."""
    from hamroh.accounts import actions

    try:
        actions.add_member(
            actor=None, username=username, display_name=name or username, role=role, organisation_code=organisation,
            country=country, password=None,
        )  # fmt: skip
    except actions.RolesClash as clash:
        raise click.ClickException(str(clash)) from clash
    click.echo(f"{username} is {role} in {organisation}")
    _print_links(_person(username), "password", "second_factor")


@user.command()
@click.argument("username")
@click.option("--password", "kinds", flag_value=("password",), type=click.UNPROCESSED, help="For a new password.")
@click.option(
    "--second-factor", "kinds", flag_value=("second_factor",), type=click.UNPROCESSED,
    help="For a new second factor; the old one ends at once.",
)  # fmt: skip
@at_home
def link(username: str, kinds: tuple[str, ...] | None) -> None:
    """Print a link that works once and for three days; hand it over yourself."""
    if kinds is None:
        raise click.UsageError("say what the link is for: --password or --second-factor")
    _print_links(_person(username), *kinds)


@user.command("list")
@at_home
def list_people() -> None:
    """Who has which role, until when, and whether with a second factor."""
    from hamroh.accounts import factors
    from hamroh.accounts.models import Membership

    rows = Membership.objects.current().select_related("user", "organisation")
    for row in rows.order_by("organisation__code", "role", "user__username"):
        until = row.expires_at.date().isoformat() if row.expires_at else "-"
        factor = "second factor" if factors.has_any(row.user) else "one factor"
        click.echo(f"{row.organisation.code:20} {row.role:18} {row.user.username:20} {until:12} {factor}")


@user.command()
@click.argument("username")
@at_home
def close(username: str) -> None:
    """Close an account: it opens nothing any more, and its sessions end."""
    from hamroh.accounts import actions

    actions.close_account(actor=None, user=_person(username))
    click.echo(f"{username} cannot sign in any more")


@user.command()
@click.argument("username")
@click.argument("address")
@at_home
def email(username: str, address: str) -> None:
    """Set the address to which links for a new password go; say - to take it away. You have made sure that it is hers."""
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from hamroh.accounts import actions

    wanted = "" if address == "-" else address
    try:
        validate_email(wanted) if wanted else None
    except ValidationError as fault:
        raise click.ClickException(f"{address} is no e-mail address") from fault
    actions.set_email(actor=None, user=_person(username), email=wanted)
    click.echo(f"letters for {username} go to {wanted or 'nobody'}")
    if wanted and not settings.EMAIL_HOST_SET:
        click.echo("no letter is sent yet: name a mail relay in HAMROH_MAIL", err=True)


def _person(username: str) -> Any:
    from hamroh.accounts.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        raise click.ClickException(f"nobody is called {username} here; hamroh user list shows who is")
    return found


def _print_links(person: Any, *kinds: str) -> None:
    from django.conf import settings
    from django.urls import reverse

    from hamroh.accounts import actions, factors

    for kind in kinds:
        if kind == "second_factor" and not factors.needs_second_factor(person):
            continue
        secret = actions.link_from_shell(user=person, kind=kind)
        address = f"{settings.PUBLIC_URL}{reverse('accounts:arrive', kwargs={'secret': secret})}"
        click.echo(f"for a new {kind.replace('_', ' ')}, once, within three days: {address}")
