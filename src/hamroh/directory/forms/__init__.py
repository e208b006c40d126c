"""Forms of the desk: they read typed facts and say what is wrong beside the field."""

from hamroh.directory.forms.desk import ConsentForm, DeskFilter, MoveForm, ReportStep, VerifyForm
from hamroh.directory.forms.entries import PartyEditor, ServiceEditor

__all__ = [
    "ConsentForm",
    "DeskFilter",
    "MoveForm",
    "PartyEditor",
    "ReportStep",
    "ServiceEditor",
    "VerifyForm",
]
