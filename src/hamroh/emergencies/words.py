"""What is counted, in words."""

from typing import Any

from django.utils.translation import pgettext_lazy

EFFECT_WORDS: dict[str, Any] = {
    "dead": pgettext_lazy("damage", "Dead"), "missing": pgettext_lazy("damage", "Missing"), "injured": pgettext_lazy("damage", "Injured"),
    "directly_affected": pgettext_lazy("damage", "People who lost house or goods"),
    "indirectly_affected": pgettext_lazy("damage", "People affected otherwise"), "evacuated": pgettext_lazy("damage", "Evacuated"),
    "relocated": pgettext_lazy("damage", "Relocated"), "houses_destroyed": pgettext_lazy("damage", "Houses destroyed"),
    "houses_damaged": pgettext_lazy("damage", "Houses damaged"), "schools": pgettext_lazy("damage", "Schools"),
    "hospitals": pgettext_lazy("damage", "Health posts and hospitals"), "hectares": pgettext_lazy("damage", "Hectares of crops"),
    "livestock": pgettext_lazy("damage", "Livestock"), "road_metres": pgettext_lazy("damage", "Metres of road"),
}  # fmt: skip
SECTOR_WORDS: dict[str, Any] = {
    "water": pgettext_lazy("damage", "Water supply"), "sewage": pgettext_lazy("damage", "Sewage"), "power": pgettext_lazy("damage", "Power"),
    "communications": pgettext_lazy("damage", "Telephone and internet"), "industry": pgettext_lazy("damage", "Workshops and factories"),
    "relief": pgettext_lazy("damage", "Rescue services"),
}  # fmt: skip
MEMBER_WORDS: dict[str, Any] = {
    "f_0_4": pgettext_lazy("household", "Girls to 4 years"), "m_0_4": pgettext_lazy("household", "Boys to 4 years"),
    "f_5_17": pgettext_lazy("household", "Girls of 5 to 17"), "m_5_17": pgettext_lazy("household", "Boys of 5 to 17"),
    "f_18_59": pgettext_lazy("household", "Women of 18 to 59"), "m_18_59": pgettext_lazy("household", "Men of 18 to 59"),
    "f_60": pgettext_lazy("household", "Women of 60 and more"), "m_60": pgettext_lazy("household", "Men of 60 and more"),
}  # fmt: skip
TASK_WORDS: dict[str, Any] = {
    "given": pgettext_lazy("line of a task", "Given"), "taken": pgettext_lazy("line of a task", "Taken"), "done": pgettext_lazy("line of a task", "Done"),
    "dropped": pgettext_lazy("line of a task", "Called off"), "reminded": pgettext_lazy("line of a task", "Reminded"),
    "raised": pgettext_lazy("line of a task", "Told to those who lead"),
}  # fmt: skip
