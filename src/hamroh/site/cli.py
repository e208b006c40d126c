"""The ``hamroh`` command."""

import os
import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hamroh")
def main() -> None:
    """Hamroh: the working system of organisations that stand with families left behind by labour migration."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamroh.site.settings")


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.pass_context
def manage(context: click.Context) -> None:
    """Hand a command to Django's own manager (migrations, shell)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hamroh manage", *context.args])


if __name__ == "__main__":
    sys.exit(main())
