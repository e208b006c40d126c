"""``hamroh reindex``: writes anew what is made of other records and can be made again."""

import click

from hamroh.site.commands.homes import at_home


@click.command()
@at_home
def reindex() -> None:
    """Build the search index and the keys of all labels anew, as after an upgrade that reads words differently."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    from hamroh.search import actions as search
    from hamroh.thesaurus import actions as thesaurus

    click.echo(f"labels: {thesaurus.reindex_labels(actor=None)}")
    producers = [import_string(name) for name in settings.SEARCH_PRODUCERS]
    click.echo(f"records: {search.rebuild(producers)}")
