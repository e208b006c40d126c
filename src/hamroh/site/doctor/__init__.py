"""The doctor: asks every check in ``DOCTOR_CHECKS`` what is wrong or risky in this installation."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from hamroh.web.findings import FAILING, RISKY, Finding


def examine() -> list[Finding]:
    """Every finding, failing ones first; a check that breaks is itself a failing finding."""
    found = [finding for path in settings.DOCTOR_CHECKS for finding in _asked(path)]
    return sorted(found, key=lambda finding: finding.level != FAILING)


def _asked(path: str) -> Iterable[Finding]:
    try:
        return list(import_string(path)())
    except Exception as error:  # noqa: BLE001 - what cannot be checked does not count as well
        says = f"the check {path} broke: {type(error).__name__}: {error}"
        return [Finding("doctor.check", FAILING, says, "Mend what it says, or report it as a fault of Hamroh.")]


__all__ = ["FAILING", "RISKY", "Finding", "examine"]
