"""Make the lexicon of names: what its words sound like after a change of the tables of letters or endings, or all of it anew.

    python tools/name_variants.py                  the column ``sounds`` of variants.csv and diminutives.csv
    python tools/name_variants.py GROUPS.txt       also variants.csv anew: spellings of one name that the tables do not join

GROUPS.txt has a line a group, ``form, form, ... => Q123``: Wikidata's items of names, as the package rigour 2.6.1 (MIT) carries them
in a zstd frame. The package Faker (MIT) must be there to say which names are of the region; nothing of it is carried over.
"""

import csv
import importlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import OSA

from hamroh.kernel.datafiles import DATA, rows
from hamroh.kernel.names import lexicon
from hamroh.kernel.names.reading import Part, read
from hamroh.kernel.names.sounds import plain, squeezed

HEAD = """\
# Spellings of one name that the tables of letters and endings do not join. Made by tools/name_variants.py.
# source: Wikidata's items of given names and surnames, as grouped in the package rigour 2.6.1; pruned by rule
# licence: CC0 1.0 (Wikidata); the package is MIT
# date: 2026-11-22
# group: the item of Wikidata whose names these are. written: one of its spellings for each root. sounds: those roots (see letters.csv)
group,written,sounds
"""
LATIN = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1effə'’ʻ]+")
#: as they write it who do not live on the way: Hungarian, Czech, Baltic, Romanian, Dutch and Swedish spellings of foreign names
FAR = re.compile("[őűțșķļņģřěůėįųãõñ]|sz(?!cz)|cs|gy|[tsd]j|dzs|ová$|ici$|[bcdfghjklmnprtvzšč]s$|is$|as$|us$|qu")
CYRILLIC = re.compile(r"[\u0400-\u052f]+")
ARABIC = re.compile(r"[\u0620-\u06d3]+")
#: letters that only names of the region have: Tajik, old and new Azerbaijani, and Arabic ones that no foreign name is written with
REGIONAL = re.compile("[ҳҷӣҝҹəحعصضظذ]")
LOCALES = ("az_AZ", "uz_UZ", "fa_IR", "tr_TR", "ru_RU")
#: fewer letters say too little
SHORTEST = 3
#: a name of the region is known by its sounds if it is as long as this
TELLING = 5
#: a spelling joins no more names than these
MOST_NAMES = 2
#: how much farther from a name's centre than from another's it may be, of its letters
MUCH_FARTHER = 0.15

#: what Wikidata takes for one name, but nobody of the region does
APART = {frozenset(pair.split()) for pair in ("roman ramin", "muhamad mehmud", "muhamad mahmud")}


@dataclass
class Group:
    """One name: its spellings by what they sound like, and the sounds that are nearest to all others."""

    key: str
    sounds: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    centre: str = ""


def main(*paths: str) -> None:
    for path in paths:
        _make_variants(path)
    for name in (lexicon.VARIANTS, lexicon.DIMINUTIVES):
        _sound(DATA / name)


def _make_variants(path: str) -> None:
    groups = [group for group in _groups(Path(path)) if group]
    support = Counter(pair for group in groups for pair in combinations(sorted(group.sounds), 2))
    names = _merged([pruned for group in groups if (pruned := _pruned(group, support))])
    _part_what_is_another_name(names)
    kept = [group for group in names if _joins(group.sounds)]
    lines = [_line(group) for group in sorted(kept, key=lambda group: int(group.key[1:]))]
    (DATA / lexicon.VARIANTS).write_text(HEAD + "".join(lines), encoding="utf-8")
    print(
        f"{len(groups)} groups of the region, {len(lines)} kept, {(DATA / lexicon.VARIANTS).stat().st_size // 1024} KB"
    )


def _groups(path: Path) -> Iterator[Group]:
    ours = _names_of_the_region()
    ours |= {plain(word) for row in rows(lexicon.DIMINUTIVES) for word in (row["name"], *row["forms"].split())}
    sounds = {part.root for name in ours for part in read(name).parts if len(part.root) >= TELLING}
    for line in path.read_text(encoding="utf-8").splitlines():
        forms, _arrow, key = line.strip().partition(" => ")
        spelled = [form for form in forms.split(", ") if _is_written_in_our_scripts(form)]
        if not key.startswith("Q") or len(spelled) < 2:
            continue
        group = _sounding(key, spelled)
        if REGIONAL.search("".join(spelled)) or ours & set(spelled) or sounds & group.sounds.keys():
            yield group


def _is_written_in_our_scripts(form: str) -> bool:
    if LATIN.fullmatch(form):
        return not FAR.search(form)
    return bool(CYRILLIC.fullmatch(form) or ARABIC.fullmatch(form))


def _names_of_the_region() -> set[str]:
    found: set[str] = set()
    for locale in LOCALES:
        person = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for lists in (getattr(person, each) for each in dir(person) if "name" in each and "format" not in each):
            if isinstance(lists, tuple | list | dict):
                found.update(name.casefold() for name in lists if isinstance(name, str))
    return found


def _sounding(key: str, spelled: Iterable[str]) -> Group:
    """A group by sounds, without what Latvians and Lithuanians, Czechs and Romans hang on to a foreign name."""
    group = Group(key)
    for form in spelled:
        parts = read(form).parts
        if len(parts) == 1:
            group.sounds[_root(parts[0])].append(form)
    return group


def _bones(sounds: str) -> str:
    """Consonants, voiced and voiceless as one."""
    return squeezed(sounds.translate(str.maketrans("gpfzdjš", "kbvstčs", "aeiouyh")))


def _vowels(sounds: str) -> str:
    """What the tables take for one: a and o, e, i and y."""
    return squeezed(sounds.translate(str.maketrans("eyo", "iia", "h")))


def _pruned(group: Group, support: Counter[tuple[str, str]]) -> Group | None:
    """The group without what is too short or too far from the rest, or None where nothing is left."""
    fit = [each for each in group.sounds if len(each) >= SHORTEST and len(_bones(each)) > 1]
    if not fit:
        return None
    centre = max(fit, key=lambda each: (sum(OSA.normalized_similarity(each, other) for other in fit), each))
    return Group(group.key, {each: group.sounds[each] for each in fit if _near(centre, each, support)}, centre)


def _joins(sounds: Iterable[str]) -> bool:
    """Whether these are more than vowels written otherwise."""
    return len({_vowels(each) for each in sounds}) > 1


def _near(centre: str, other: str, support: Counter[tuple[str, str]]) -> bool:
    """Two spellings of one name and not two names: alike in their consonants, neither with a consonant more at an end."""
    if frozenset((centre, other)) in APART:
        return False
    a, b = _bones(centre), _bones(other)
    if a == b or support[min(centre, other), max(centre, other)] > 2:
        return True
    if min(len(a), len(b)) < 3 or a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a):
        return False
    return OSA.distance(a, b) <= max(1, len(a) // 4) and OSA.normalized_distance(centre, other) <= 0.4


def _merged(groups: list[Group]) -> list[Group]:
    """One group for items that have the same spellings (a given name and the surname made of it, a name and its item in another language)."""
    found: list[Group] = []
    by_sound: dict[str, list[Group]] = defaultdict(list)
    for group in sorted(groups, key=lambda each: (-len(each.sounds), int(each.key[1:]))):
        shared = Counter(other.key for each in group.sounds for other in by_sound[each])
        into = group
        if shared and max(shared.values()) >= max(2, 0.5 * len(group.sounds)):
            into = next(
                other for each in group.sounds for other in by_sound[each] if shared[other.key] == max(shared.values())
            )
        else:
            found.append(group)
        for each, forms in group.sounds.items():
            if into is not group:
                into.sounds.setdefault(each, []).extend(forms)
            if into not in by_sound[each]:
                by_sound[each].append(into)
    return found


def _part_what_is_another_name(groups: list[Group]) -> None:
    """Leave every spelling to the names whose centre it is nearest to: Mehmud to Mahmud, not to Muhammad."""
    of: dict[str, list[tuple[float, Group]]] = defaultdict(list)
    for group in groups:
        for each in group.sounds:
            of[each].append((_distance(group, each), group))
    for each, names in of.items():
        nearest = sorted(names, key=lambda name: (name[0], -len(name[1].sounds[each]), name[1].key))
        for rank, (distance, group) in enumerate(nearest):
            if rank >= MOST_NAMES or distance > nearest[0][0] + MUCH_FARTHER:
                del group.sounds[each]


def _distance(group: Group, sounds: str) -> float:
    """How far a spelling is from a name's centre; of one in Arabic letters only by how few items have it, for it lacks vowels."""
    written = group.sounds[sounds]
    if all(ARABIC.fullmatch(form) for form in written):
        return 1 / len(written)
    return OSA.normalized_distance(sounds, group.centre)


def _line(group: Group) -> str:
    sounds = sorted(group.sounds)
    written = [min(group.sounds[each], key=lambda form: (not form.isascii(), len(form), form)) for each in sounds]
    return f"{group.key},{' '.join(written)},{' '.join(sounds)}\n"


def _sound(path: Path) -> None:
    """Write what the words of a file sound like into its last column."""
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = [line for line in lines if line.startswith("#")]
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    columns = [column for column in table.fieldnames or () if column != "sounds"]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("".join(f"{line}\n" for line in heads))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, "sounds"])
        for row in table:
            writer.writerow([*(row[column] for column in columns), " ".join(dict.fromkeys(_sounds(row)))])


def _sounds(row: dict[str, str]) -> Iterator[str]:
    """The name's root first; a short form may look as if it had an ending (Лёва), so that it stands whole as well."""
    for word in (row.get("name", "") + " " + row.get("forms", row.get("written", ""))).split():
        part = read(word).parts[0]
        if len(_root(part)) >= SHORTEST or "name" not in row:
            yield _root(part)
        if "name" in row:
            yield part.readings[0]


def _root(part: Part) -> str:
    """The likeliest root, or the whole word where given names end so, too: Латиф."""
    return part.readings[0] if part.readings[0] in part.roots else part.root


if __name__ == "__main__":
    main(*sys.argv[1:])
