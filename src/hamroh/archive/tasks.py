"""Work of the archive that nobody waits for."""

from django_tasks import task

from hamroh.archive import actions
from hamroh.web import daily


@task()
def tidy_archive_daily() -> int:
    """Copies of recordings whose consent ended are taken off the disk, and harvesters hear of it; what is public never waits for this."""
    daily.again(tidy_archive_daily)
    return actions.stamp_ended() + actions.sweep_copies()
