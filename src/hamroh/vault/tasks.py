"""Background work of the vault."""

from uuid import UUID

from django_tasks import task

from hamroh.vault import actions
from hamroh.web import daily


@task()
def rotate_organisation(organisation_id: str) -> int:
    """Go on with the exchange of an organisation's key; a worker that falls is followed by another call."""
    return actions.continue_rotation(UUID(organisation_id))


@task()
def keep_house_daily() -> dict[str, int]:
    """What the vault does by itself; its result says what was found. The worker starts it once."""
    daily.again(keep_house_daily)
    return actions.keep_house()
