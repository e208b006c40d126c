"""The ``hamroh`` command; each subcommand lives in ``site/commands``."""

import os
import sys

import click

from hamroh.site.commands.backup import backup, drill, restore
from hamroh.site.commands.bench import bench
from hamroh.site.commands.bill import sbom
from hamroh.site.commands.directory import export_directory, import_directory
from hamroh.site.commands.doctor import doctor
from hamroh.site.commands.doors import export_group, import_group
from hamroh.site.commands.exchange import exchange
from hamroh.site.commands.forms import open_forms
from hamroh.site.commands.iati import iati
from hamroh.site.commands.indexing import reindex
from hamroh.site.commands.installing import init
from hamroh.site.commands.journal import verify_journal
from hamroh.site.commands.keys import recovery, rotate_keys, seal, unseal
from hamroh.site.commands.link import link
from hamroh.site.commands.names import names
from hamroh.site.commands.names_learning import learn_names
from hamroh.site.commands.records import harvest, import_records
from hamroh.site.commands.retention import retention
from hamroh.site.commands.serving import demo, serve, worker
from hamroh.site.commands.statistics import import_statistics
from hamroh.site.commands.testing import test
from hamroh.site.commands.texts import messages
from hamroh.site.commands.thesaurus import export_thesaurus, import_thesaurus
from hamroh.site.commands.upgrading import upgrade
from hamroh.site.commands.users import user


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


for command in (
    demo,
    serve,
    worker,
    init,
    upgrade,
    test,
    user,
    import_group,
    export_group,
    bench,
    sbom,
    reindex,
    harvest,
    messages,
    names,
    learn_names,
    exchange,
    open_forms,
    iati,
    link,
    verify_journal,
    backup,
    restore,
    drill,
    doctor,
    rotate_keys,
    unseal,
    seal,
    recovery,
    retention,
    doctor,
):
    main.add_command(command)

import_group.add_command(import_thesaurus)
export_group.add_command(export_thesaurus)
import_group.add_command(import_directory)
export_group.add_command(export_directory)
import_group.add_command(import_statistics)
import_group.add_command(import_records)

if __name__ == "__main__":
    sys.exit(main())
