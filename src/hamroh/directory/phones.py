"""Telephone numbers: what may be dialled, in which form, and what is kept as a source printed it."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

SHORT = re.compile(r"[0-9*#]{2,6}")


class NumberRefused(ValueError):
    """It cannot be read as a telephone number of the country."""


def normalise(typed: str, country: str) -> str:
    """The number as E.164, or a short code as it is; NumberRefused where no network can know it.

    ``country`` is an ISO 3166-1 code and reads numbers typed without ``+``.
    """
    bare = re.sub(r"[\s().-]", "", typed)
    if SHORT.fullmatch(bare):
        return bare
    number = _read(typed, country)
    if number is None or not phonenumbers.is_valid_number(number):
        raise NumberRefused
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_undialable(typed: str, country: str) -> bool:
    """Whether dialling exactly this reaches nobody, as an invented number must not: give it with the country's code."""
    number = _read(typed, country)
    if number is None:
        return not SHORT.fullmatch(typed.strip())
    return typed.startswith("+") and phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE


def _read(typed: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, country.upper() or None)
    except NumberParseException:
        return None


def spoken(number: str) -> str:
    """A stored number with the spaces of its country; a short code, a printed or an invented one as it was written."""
    read = _read(number, "") if number.startswith("+") else None
    if read is None or not phonenumbers.is_valid_number(read):
        return number
    return phonenumbers.format_number(read, PhoneNumberFormat.INTERNATIONAL)
