"""What is left of a name where the name itself may not be shown: of each word its consonants, and what kind of word it is.

Many names have the same bones (Karim, Akram, Ikrom), so that they tell less than a name; they are not anonymous, for whoever has all
names of a region can try them.

>>> from hamroh.kernel.names.reading import read
>>> [bone.said for bone in bones(read("Зафар Қурбонов"))], [bone.said for bone in bones(read("Ali Chazanov"))]
(['zfr', 'krbn-'], ['ali', 'čzn-/hzn-/šzn-'])
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.names.keys import keys
from hamroh.kernel.names.reading import Name, Part, Role, Sex

#: ways to read a word of which the bones are kept
MOST = 3
#: letters of one form that are taken from outside
_LONGEST = 40
#: bones meet other words as those in Arabic letters do, which write no short vowels either
_SCRIPT = "arabic"
_ROLES: dict[str, Role] = {"": "", "patronymic": "patronymic", "surname": "surname"}
_SEXES: dict[str, Sex] = {"": "", "female": "female", "male": "male"}


@dataclass(frozen=True, slots=True)
class Bone:
    """A word of a name: its skeletons, the likeliest first, the kind of its ending, its role, and whose ending it is."""

    forms: tuple[str, ...]
    ending: str = ""
    role: Role = ""
    sex: Sex = ""

    @property
    def said(self) -> str:
        """The word as a page shows it: a dash stands for an ending that was cut off."""
        return "/".join(f"{form}-" if self.ending else form for form in self.forms)

    def plain(self) -> dict[str, Any]:
        return {"forms": list(self.forms), "ending": self.ending, "role": self.role, "sex": self.sex}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Bone":
        """The bone that was made plain."""
        forms = tuple(str(form)[:_LONGEST] for form in plain["forms"])[:MOST]
        return cls(
            forms, str(plain.get("ending", "")), _ROLES[plain.get("role", "")], _SEXES[plain.get("sex", "")]
        )  # fmt: skip


def bones(name: Name) -> tuple[Bone, ...]:
    """The bones of a name, word by word."""
    return tuple(_bone(part) for part in name.parts)


def _bone(part: Part) -> Bone:
    forms = dict.fromkeys(keys(root).skeleton for root in part.roots)
    return Bone(tuple(forms)[:MOST], part.ending, part.role, part.sex)


def as_name(of: Iterable[Bone]) -> Name:
    """A name of which nothing but the bones is known, to be compared with others."""
    parts = tuple(Part(bone.said, _SCRIPT, bone.forms, bone.forms, bone.ending, bone.role, bone.sex) for bone in of)
    return Name(" ".join(part.written for part in parts), parts)
