"""What of the room is public: published editions, and the figures that stand in them."""

from hamroh.evidence.models import Edition


def published_editions() -> list[Edition]:
    """Every published edition with its profile, the newest of each country first."""
    rows = Edition.objects.filter(state="published", frozen__isnull=False).select_related("profile", "frozen")
    return list(rows.defer("frozen__manifest").order_by("profile__key", "-frozen__frozen_at"))


def newest_editions() -> list[Edition]:
    """The newest published edition of every profile."""
    found: dict[object, Edition] = {}
    for edition in published_editions():
        found.setdefault(edition.profile_id, edition)
    return list(found.values())
