"""Why a file or a record of it is not taken, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: the whole file, by the codes of `reading.REFUSALS`
REFUSALS: dict[str, Any] = {
    "size": _("The file is larger than 20 MB. Split it."),
    "xml": _("This is no XML file, or it is damaged. Nothing was kept."),
    "declared": _(
        "The file declares types or entities, or refers to something outside itself. Such a file is not read."
    ),
    "depth": _("The file is nested deeper than the standard has it. Such a file is not read."),
    "root": _("This is no file of the People Finder Interchange Format, 1.1 to 1.4."),
    "count": _("There are more than 20,000 people in it. Split the file."),
    "empty": _("There is nobody in this file."),
}
#: one record of it
FAULTS: dict[str, Any] = {
    "lacking": pgettext_lazy("row", "Something is missing that the standard asks for"),
    "id": pgettext_lazy("row", "An identifier is none: it begins with the domain of its home"),
    "date": pgettext_lazy("row", "A date is none, or is not in UTC"),
    "birth": pgettext_lazy("row", "The date of birth or the age cannot be read"),
    "value": pgettext_lazy("row", "A value is none of those that the standard has"),
    "namespace": pgettext_lazy("row", "Something of an unknown namespace stands in it"),
    "field": pgettext_lazy("row", "Something stands in it that the standard does not have"),
    "twice_field": pgettext_lazy("row", "A field stands in it twice"),
    "long_field": pgettext_lazy("row", "A field is too long"),
    "notes": pgettext_lazy("row", "There are too many notes"),
    "alone": pgettext_lazy("row", "A note without the record of its person"),
    "older": pgettext_lazy("row", "A newer one of this record is here"),
    "ours": pgettext_lazy("row", "This record is our own"),
    "withdrawn": pgettext_lazy("row", "Was taken off this list and does not come back"),
}  # fmt: skip
#: a record that is no person any more
EXPIRED = pgettext_lazy("row", "Its time is over: what is here of it is wiped")
