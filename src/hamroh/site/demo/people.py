"""The demonstration's organisations and their invented people, one for each role that makes sense there."""

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
            "en": "Women’s organisation (demonstration)",
            "az": "Qadın təşkilatı (nümayiş)",
            "ru": "Женская организация (демонстрация)",
            "tg": "Ташкилоти занон (намоиш)",
        },
    ),
    "diaspora-group": (
        "ru",
        {
            "en": "Diaspora group in Russia (demonstration)",
            "az": "Rusiyada diaspor qrupu (nümayiş)",
            "ru": "Группа диаспоры в России (демонстрация)",
            "tg": "Гурӯҳи диаспора дар Русия (намоиш)",
        },
    ),
    "labour-ministry": (
        "tj",
        {
            "en": "Ministry of labour (demonstration)",
            "az": "Əmək nazirliyi (nümayiş)",
            "ru": "Министерство труда (демонстрация)",
            "tg": "Вазорати меҳнат (намоиш)",
        },
    ),
}
PEOPLE = (
    Person("temur", "Temur Nazarov", Role.ADMINISTRATOR, "support-centre", "ru"),
    Person("parvina", "Parvina Rajabova", Role.ADMINISTRATOR, "support-centre", "tg"),
    Person("manizha", "Manizha Sharipova", Role.SUPERVISOR, "support-centre", "tg"),
    Person("farzona", "Farzona Rahimova", Role.LAWYER, "support-centre", "tg"),
    Person("nigora", "Nigora Yusupova", Role.PSYCHOLOGIST, "support-centre", "tg"),
    Person("zebo", "Zebo Kholova", Role.SOCIAL_WORKER, "support-centre", "tg"),
    Person("jamshed", "Jamshed Qodirov", Role.TRACING_OFFICER, "support-centre", "tg"),
    Person("gulnora", "Gulnora Mirzoeva", Role.FACILITATOR, "support-centre", "tg"),
    Person("daler", "Daler Sodiqov", Role.MONITOR, "support-centre", "tg"),
    Person("zarina", "Zarina Karimova", Role.EDITOR, "support-centre", "tg"),
    Person("firuz", "Firuz Ismoilov", Role.ANALYST, "support-centre", "ru"),
    Person("lola", "Lola Tursunova", Role.PROGRAMME_MANAGER, "support-centre", "ru"),
    Person("bahrom", "Bahrom Azizov", Role.DUTY_OFFICER, "support-centre", "tg"),
    Person("sitora", "Sitora Nabieva", Role.AUDITOR, "support-centre", "ru"),
    Person("anora", "Anora Umarova", Role.PARTNER_GUEST, "support-centre", "ru"),
    Person("solveig", "Solveig Berg", Role.DONOR, "support-centre", "en"),
    Person("leyla", "Leyla Quliyeva", Role.ADMINISTRATOR, "gender-centre", "az"),
    Person("sevda", "Sevda Məmmədova", Role.SUPERVISOR, "gender-centre", "az"),
    Person("nermin", "Nərmin Əliyeva", Role.LAWYER, "gender-centre", "az"),
    Person("gunel", "Günel Hüseynli", Role.PSYCHOLOGIST, "gender-centre", "az"),
    Person("ayten", "Aytən Rzayeva", Role.SOCIAL_WORKER, "gender-centre", "az"),
    Person("konul", "Könül İsmayılova", Role.FACILITATOR, "gender-centre", "az"),
    Person("aygun", "Aygün Həsənova", Role.EDITOR, "gender-centre", "az"),
    Person("tural", "Tural Kərimov", Role.PROGRAMME_MANAGER, "gender-centre", "az"),
    Person("vusal", "Vüsal Abbasov", Role.AUDITOR, "gender-centre", "az"),
    Person("ruslan", "Ruslan Hakimov", Role.ADMINISTRATOR, "diaspora-group", "ru"),
    Person("mavluda", "Mavluda Odinaeva", Role.SUPERVISOR, "diaspora-group", "tg"),
    Person("anvar", "Anvar Boboev", Role.TRACING_OFFICER, "diaspora-group", "tg"),
    Person("rayhona", "Rayhona Sattorova", Role.FACILITATOR, "diaspora-group", "tg"),
    Person("igor", "Igor Vasilyev", Role.DUTY_OFFICER, "diaspora-group", "ru"),
    Person("gulya", "Gulya Safarova", Role.PARTNER_GUEST, "diaspora-group", "ru"),
    Person("dilovar", "Dilovar Hamidov", Role.PARTNER_GUEST, "labour-ministry", "tg"),
)


def load_people() -> dict[str, User]:
    """Add the people, without passwords: a demonstration signs in by a click. By country, its editor."""
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
