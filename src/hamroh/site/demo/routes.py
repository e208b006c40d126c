"""The state's emergency numbers of the demonstration's countries: shown as verified, since they are official ones."""

from hamroh.accounts.models import User
from hamroh.directory import actions
from hamroh.directory.models import EmergencyRoute


def verify_routes(editors: dict[str, User]) -> None:
    """Verify the routes whose number is certain, where the demonstration's families live and work."""
    for country, editor in (*editors.items(), ("ru", editors["tj"]), ("tr", editors["az"])):
        for route in EmergencyRoute.objects.filter(country__key=country, certainty="A", verified_date__isnull=True):
            actions.verify_emergency_route(actor=editor, route=route)
