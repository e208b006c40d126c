"""The demonstration's files: in four languages, without private people, with numbers that nobody can dial."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from hamroh.directory.models.parties import INSTITUTION_KINDS
from hamroh.directory.phones import is_undialable
from hamroh.kernel import datafiles
from hamroh.site.demo.invented import Plan, phone_of, plans

FOUR = {"en", "az", "ru", "tg"}
FILES = ("parties", "services", "officers")
#: mailboxes that belong to an organisation although a provider of private mail carries them
SHARED_MAILBOXES = {"clam_az@yahoo.com"}
PRIVATE_PROVIDERS = {"yahoo.com", "gmail.com", "hotmail.com", "mail.ru", "rambler.ru", "azeri.com", "iatp.baku.az"}
AZ_MOBILE = re.compile(r"^(?:994|0)?(?:10|40|50|51|55|60|70|77|99)\d{7}$")
FLAT = re.compile(r"\b(?:apt|apartment|flat|кв|mənzil)\b|\d\s*/\s*\d", re.IGNORECASE)


def records(name: str) -> list[dict[str, Any]]:
    return list(datafiles.document(f"demo/{name}.yml")["records"])


def texts_of(node: Any, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every mapping by language below a node, each with where it stands."""
    if isinstance(node, list):
        yield from chain.from_iterable(texts_of(child, f"{path}[{n}]") for n, child in enumerate(node))
    elif isinstance(node, dict) and "en" in node:
        yield path, node
    elif isinstance(node, dict):
        yield from chain.from_iterable(texts_of(child, f"{path}.{key}") for key, child in node.items())


def invented_plans() -> list[Plan]:
    return plans(datafiles.document("demo/invented.yml"))


def printed_phones() -> list[str]:
    return [re.sub(r"\D", "", row["number"]) for record in records("parties") for row in record.get("phones", ())]


@pytest.mark.parametrize("name", [*FILES, "invented"])
def test_it_says_every_text_in_four_languages(name: str) -> None:
    texts = texts_of(datafiles.document(f"demo/{name}.yml"), name)
    assert [where for where, text in texts if set(text) != FOUR or not all(text.values())] == []


@pytest.mark.parametrize("name", FILES)
def test_it_names_every_record(name: str) -> None:
    assert [record for record in records(name) if set(record["names"]) != FOUR] == []


def test_it_describes_every_party_in_a_sentence() -> None:
    texts = ((record["key"], text) for record in records("parties") for text in record["description"].values())
    assert [key for key, text in texts if text[0].islower() or not text.endswith(".")] == []


@pytest.mark.parametrize("name", FILES)
def test_it_writes_tajik_with_letters_of_tajik(name: str) -> None:
    """A title that is Russian is kept: letters that Tajik gave up in 1998 stand only in it."""
    texts = (text["tg"] for _, text in texts_of(records(name), name))
    assert [text for text in texts if re.search("[цщыь]", text, re.IGNORECASE) and text != "«Эхо Москвы»"] == []


def test_it_calls_no_network_in_an_invented_number() -> None:
    phones = [(phone_of(plan).number, plan.country) for plan in invented_plans()]
    assert [number for number, country in phones if not is_undialable(number, country)] == []


def test_it_makes_invented_numbers_shorter_than_a_network_waits_for() -> None:
    too_short = phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    numbers = [phonenumbers.parse(phone_of(plan).number) for plan in invented_plans()]
    assert {phonenumbers.is_possible_number_with_reason(number) for number in numbers} <= set(too_short)


def test_it_prints_no_mobile_number() -> None:
    assert [number for number in printed_phones() if AZ_MOBILE.match(number) or _is_mobile(number)] == []


def _is_mobile(digits: str) -> bool:
    try:
        return phonenumbers.number_type(phonenumbers.parse(f"+{digits}")) == PhoneNumberType.MOBILE
    except phonenumbers.NumberParseException:
        return False


def test_it_prints_no_personal_mailbox() -> None:
    channels = chain.from_iterable(record.get("channels", ()) for record in records("parties"))
    mailboxes = [row["value"].lower() for row in channels if row["kind"] == "email"]
    private = [mailbox for mailbox in mailboxes if mailbox.partition("@")[2] in PRIVATE_PROVIDERS]
    assert set(private) <= SHARED_MAILBOXES


def test_it_prints_no_address_of_a_flat() -> None:
    lines = [record["address"]["line"] for record in records("parties") if "address" in record]
    assert [line for line in lines if FLAT.search(line)] == []


def test_it_names_no_head_of_a_private_body() -> None:
    kinds = {record["key"]: record["kind"] for record in records("parties")}
    assert {kinds[officer["party"]] for officer in records("officers")} <= set(INSTITUTION_KINDS)


@pytest.mark.parametrize("name", ["parties", "services"])
def test_it_uses_a_key_once(name: str) -> None:
    keys = [record["key"] for record in records(name)]
    assert len(keys) == len(set(keys))


def test_it_invents_the_same_each_time() -> None:
    assert invented_plans() == invented_plans()


def test_it_invents_under_different_keys() -> None:
    keys = [plan.key for plan in invented_plans()]
    assert len(keys) == len(set(keys))


def test_it_invents_enough_services_to_compare() -> None:
    assert sum(len(plan.services) for plan in invented_plans()) >= 230
