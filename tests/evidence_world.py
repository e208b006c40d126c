"""People who work on profiles, and the printed profile of Azerbaijan as an edition."""

from dataclasses import dataclass
from typing import Any

PRINTED = "azerbaijan-2008"


@dataclass(frozen=True)
class Analysts:
    """Nigina writes profiles for the centre, Davlat publishes them; Leyla writes for the gender centre; Kamran is of a ministry and has no role."""

    centre: Any
    gender_centre: Any
    ministry: Any
    nigina: Any
    davlat: Any
    leyla: Any
    kamran: Any


def analysts(cast: Any) -> Analysts:
    """The people of `Analysts`, in the organisations of the shared cast and a ministry."""
    from hamroh.accounts.models import Organisation, Role

    ministry = Organisation.objects.create(code="ministry", names={"en": "Ministry of Labour"}, country="az")
    return Analysts(
        cast.centre, cast.gender_centre, ministry,
        nigina=person("nigina", "Nigina Rahimova", "tg", cast.centre, Role.ANALYST),
        davlat=person("davlat", "Davlat Sharipov", "ru", cast.centre, Role.PROGRAMME_MANAGER),
        leyla=person("leyla", "Leyla Quliyeva", "az", cast.gender_centre, Role.ANALYST),
        kamran=person("kamran", "Kamran Əliyev", "az", ministry, Role.PARTNER_GUEST),
    )  # fmt: skip


def person(username: str, name: str, language: str, organisation: Any, role: str) -> Any:
    """An account with one role."""
    from hamroh.accounts.models import Membership, User

    made = User.objects.create_user(username, "a long walk to the river", display_name=name, language=language)
    Membership.objects.create(user=made, organisation=organisation, role=role)
    return made


def printed_edition(people: Analysts) -> Any:
    """The profile of Azerbaijan as it was printed in 2008, as a draft of the centre."""
    from hamroh.evidence.actions import load_profile
    from hamroh.evidence.models import Profile, Template
    from hamroh.kernel.datafiles import document

    template, _made = Template.objects.get_or_create(key="migration-profile", version="1")
    profile = Profile.objects.create(area="AZE", key="azerbaijan", names={"en": "Azerbaijan"}, maintainer=people.centre)
    return load_profile(
        actor=people.nigina, profile=profile, template=template, label="2008", data=document(f"profile/{PRINTED}.yml"), prefix="aze08"
    )  # fmt: skip
