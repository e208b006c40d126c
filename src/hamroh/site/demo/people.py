"""The demonstration's organisations and their people, one for each role."""

from dataclasses import dataclass

from hamroh.accounts.actions import add_member
from hamroh.accounts.models import Role, User


@dataclass(frozen=True)
class Person:
    username: str
    display_name: str
    role: str
    organisation: str
    language: str


ORGANISATIONS = {
    "support-centre": (
        "tj",
        {
            "en": "Migrant support centre (demonstration)",
            "az": "Miqrantlara dəstək mərkəzi (nümayiş)",
            "ru": "Центр поддержки мигрантов (демонстрация)",
            "tg": "Маркази дастгирии муҳоҷирон (намоиш)",
        },
    ),
    "gender-centre": (
        "az",
        {
            "en": "Gender information centre (demonstration)",
            "az": "Gender məlumat mərkəzi (nümayiş)",
            "ru": "Гендерный информационный центр (демонстрация)",
            "tg": "Маркази иттилоотии гендерӣ (намоиш)",
        },
    ),
}
PEOPLE = (
    Person("zarina", "Zarina Karimova", Role.EDITOR, "support-centre", "tg"),
    Person("aygun", "Aygün Həsənova", Role.EDITOR, "gender-centre", "az"),
    Person("temur", "Temur Nazarov", Role.ADMINISTRATOR, "support-centre", "ru"),
)


def load_people() -> dict[str, User]:
    """Add the people, without passwords: a demonstration signs in by a click. By organisation, its editor."""
    editors = {}
    for person in PEOPLE:
        country, names = ORGANISATIONS[person.organisation]
        user = add_member(
            actor=None,
            username=person.username,
            display_name=person.display_name,
            role=person.role,
            organisation_code=person.organisation,
            organisation_names=names,
            country=country,
            password=None,
            language=person.language,
        )
        if person.role == Role.EDITOR:
            editors[country] = user
    return editors
