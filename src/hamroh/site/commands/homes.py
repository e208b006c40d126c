"""Choosing the home of an installation: what every command shares."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click


def open_home(home: Path | None) -> None:
    """Point the process at a home and start Django; call before anything imports models. What it writes is private."""
    os.umask(0o077)
    if home is not None:
        os.environ["HAMROH_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamroh.site.settings")
    import django

    from hamroh.site.home import HomeRefused

    try:
        django.setup()
    except HomeRefused as refused:
        raise click.ClickException(str(refused)) from refused


def at_home(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--home DIR`` and start Django there before it runs."""

    @click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="The installation's folder.")
    @wraps(command)
    def started(*args: Any, home: Path | None, **kwargs: Any) -> Any:
        open_home(home)
        return command(*args, **kwargs)

    return started
