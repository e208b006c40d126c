"""``hamroh user``: people of an installation, from the shell."""

import secrets

import click

from hamroh.site.commands.doors import at_home


@click.group()
def user() -> None:
    """Add people and give them roles."""


@user.command()
@click.argument("username")
@click.option("--name", default="", help="The name that is shown.")
@click.option("--role", type=click.Choice(["editor", "administrator"]), required=True)
@click.option("--organisation", default="home", show_default=True, help="Code of the organisation; made if new.")
@click.option("--country", default="tj", show_default=True, help="Country of a new organisation.")
@at_home
def add(username: str, name: str, role: str, organisation: str, country: str) -> None:
    """Add somebody who may sign in; prints a first password once."""
    from hamroh.accounts.actions import add_member

    password = "-".join(secrets.token_hex(3) for _ in range(4))
    add_member(
        actor=None, username=username, display_name=name or username, role=role, organisation_code=organisation,
        country=country, password=password,
    )  # fmt: skip
    click.echo(f"{username} may sign in with the password {password}")
