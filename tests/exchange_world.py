"""Two made-up organisations that exchange: their lists, their keys, and an exchange that has gone through."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from hamroh.kernel.exchange import Labour, Own, Pair, Party, answer, finish, offer, receive
from hamroh.kernel.exchange.files import Opened
from hamroh.kernel.exchange.files import written as write_file
from hamroh.site.benches.names import sets
from hamroh.site.benches.names.people import households

TODAY, END = date(2026, 11, 22), date(2027, 2, 1)
THRESHOLD = 12.0
ALI = {"id": "a1", "name": "Қурбонов Зафар Саидович", "year": "1984", "place": "Қӯрғонтеппа"}
SAME = {"id": "b7", "name": "Zafar Kurbanov", "year": "1984", "place": "Bokhtar"}
OTHERS = [
    {"id": "b1", "name": "Раҳмонова Зулайхо", "year": "1990", "place": "Кӯлоб"},
    {"id": "b2", "name": "Холназаров Ҷамшед Одилович", "year": "1979", "place": "Хоруғ"},
]


def lists(people: int, both: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Two lists of so many made-up people each, of whom so many are on both, written by other hands."""
    chance, found = random.Random(5), ([], [])
    for number, children in enumerate(itertools.islice(households(4_711), 2 * people - both)):
        query, record = sets._pair(f"x{number}", children[0], chance)
        written = {"id": f"a{number}", **query.asked(facts=True)}, {**record, "id": f"b{number}"}
        sides = (0, 1) if number < both else (number % 2,)
        for side in sides:
            found[side].append(written[side])
    return found


@dataclass
class World:
    """Both sides of an exchange in a folder."""

    folder: Path
    a: Own
    b: Own
    today: date = TODAY
    files: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> "World":
        sides = []
        for at, records in enumerate((ours, theirs)):
            home = folder / "ab"[at]
            home.mkdir(parents=True, exist_ok=True)
            sides.append(Own(records, SigningKey(bytes([at + 1] * 32)), home, Labour()))
        return cls(folder, *sides)

    def path(self, name: str) -> Path:
        return self.folder / name

    def offer(self, name: str = "offer", **more: Any) -> Path:
        terms = {"name": "One", "to": Party("Two", self.b.public), "purpose": "who is sought twice", "threshold": THRESHOLD,
                 "expires": END, "answered": 1000, "wide": True, "today": self.today} | more  # fmt: skip
        offer(self.a, self.path(name), **terms)
        return self.path(name)

    def answer(self, offered: Path, name: str = "answer") -> Path:
        answer(self.b, offered, self.path(name), of=self.a.public, agrees=lambda _terms: True, today=self.today)
        return self.path(name)

    def finish(self, answered: Path, name: str = "result") -> list[Pair]:
        return finish(self.a, answered, self.path(name), self.today)

    def receive(self, result: str = "result") -> list[Pair]:
        return receive(self.b.home, self.path(result), self.today)

    def gone_through(self) -> dict[tuple[str, str], int]:
        """The bits of each pair."""
        ours = self.finish(self.answer(self.offer()))
        theirs = {pair.number: pair for pair in self.receive()}
        return {(pair.id, theirs[pair.number].id): pair.bits for pair in ours}

    def with_labour(self, labour: Labour) -> "World":
        return replace(self, a=replace(self.a, labour=labour), b=replace(self.b, labour=labour))


def signed_anew(world: World, path: Path, kind: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The file as a partner would make it who keeps to the form and not to the rules."""
    own = {"offer": world.a, "answer": world.b}[kind]
    with Opened(path, own.public, (kind,)) as file:
        tables = [
            (tuple(table), [each for piece in file.records(table[0], 1000) for each in piece])
            for table in file.header["tables"]
        ]
        header = {key: each for key, each in file.header.items() if key != "tables"}
    write_file(path, kind, change(header), tables, own.key)
