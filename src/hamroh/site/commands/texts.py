"""``hamroh messages``: the catalogues of texts."""

import os

import click


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; name every text that is missing or broken.")
@click.option("--compile", "only_compile", is_flag=True, help="Only compile what changed.")
@click.argument("rooms", nargs=-1)
def messages(rooms: tuple[str, ...], check: bool, only_compile: bool) -> None:
    """Update the catalogues of ROOMS (all of them when none is named) from code and templates, and compile them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamroh.site.settings")
    import django

    from hamroh.site import messages as catalogues

    if only_compile:
        click.echo(f"{catalogues.compile_stale()} catalogues compiled")
        return
    django.setup()
    pairs = [(room, lang) for room in rooms or catalogues.rooms() for lang in catalogues.LANGUAGES]
    if not check:
        changed = sum(catalogues.update(room, lang) for room, lang in pairs)
        click.echo(f"{changed} catalogues updated, {catalogues.compile_stale()} compiled")
    faults = [fault for room, lang in pairs for fault in catalogues.faults(room, lang)]
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} texts are missing or broken")
