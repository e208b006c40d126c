"""Clocks where an organisation works."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hamroh.accounts.models import Organisation

#: nobody is expected at a desk before the first hour, from the last one on, and on Sundays
FIRST_HOUR, LAST_HOUR, SUNDAY = 7, 20, 6

#: the zone of a country's seat of government; an organisation elsewhere in it chooses its own
OF_COUNTRY = {
    "am": "Asia/Yerevan", "az": "Asia/Baku", "bg": "Europe/Sofia", "by": "Europe/Minsk", "ge": "Asia/Tbilisi",
    "kg": "Asia/Bishkek", "kz": "Asia/Almaty", "md": "Europe/Chisinau", "ro": "Europe/Bucharest", "ru": "Europe/Moscow",
    "tj": "Asia/Dushanbe", "tm": "Asia/Ashgabat", "tr": "Europe/Istanbul", "ua": "Europe/Kyiv", "uz": "Asia/Tashkent",
}  # fmt: skip


def zone_of(organisation: Organisation) -> dt.tzinfo:
    try:
        return ZoneInfo(organisation.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def local_date(moment: dt.datetime, organisation: Organisation) -> dt.date:
    return moment.astimezone(zone_of(organisation)).date()


def is_outside_hours(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    """Before seven, from eight in the evening on, or on a Sunday, by the clock there."""
    there = moment.astimezone(zone)
    return there.weekday() == SUNDAY or not FIRST_HOUR <= there.hour < LAST_HOUR
