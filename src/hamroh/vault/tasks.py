"""Background work of the vault."""

from uuid import UUID

from django_tasks import task

from hamroh.vault import actions


@task()
def rotate_organisation(organisation_id: str) -> int:
    """Go on with the exchange of an organisation's key; a worker that falls is followed by another call."""
    return actions.continue_rotation(UUID(organisation_id))
