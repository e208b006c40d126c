"""The exchange between two organisations: the same pairs as an open run, what it costs, what it leaks, and Bloom filters beside."""

import contextlib
import itertools
import json
import os
import random
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from hamroh.kernel.exchange import Labour, Own, Party, answer, finish, group, offer, parcels, receive
from hamroh.kernel.exchange.evidence import WIDE, Counts, Known, Rule, keys_of
from hamroh.kernel.exchange.files import Opened
from hamroh.kernel.exchange.reading import rule_of
from hamroh.kernel.exchange.terms import usual_threshold
from hamroh.kernel.linkage import Candidate, Index
from hamroh.kernel.names import Meeting, Part, read
from hamroh.kernel.names.reading import hearing
from hamroh.site.benches import clk
from hamroh.site.benches.elsewhere import Absent
from hamroh.site.benches.figures import Figure, short
from hamroh.site.benches.names import sets
from hamroh.site.benches.names.people import households
from hamroh.site.benches.names.runs import Hall, said

_DEFAULT, _FULL, _BOTH = 10_000, 100_000, 0.2
#: people of the first list that are searched for in an open run, and strangers whom an attacker tries to know
_SOUGHT, _STRANGERS = 2_000, 200
_SEED, _BEGIN, _END = 52_027, date(2026, 11, 22), date(2027, 1, 1)
#: a name that stands against another one: such a pair is told in neither run
_AGAINST = {"against", "against_given"}
#: likenesses of Bloom filters of which the best is taken, which no one could know beforehand
_LIKE = (0.65, 0.7, 0.75, 0.8, 0.85)
_WAIT = 7200
Pairs = set[tuple[str, str]]


@dataclass
class _Run:
    """What an exchange gave: its pairs, seconds (by the clock and of processors) and bytes by step."""

    pairs: Pairs = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Lists:
    """Two lists of made-up people, a fifth of them on both."""

    ours: Sequence[sets.Record]
    theirs: Sequence[sets.Record]

    @classmethod
    def of(cls, size: int) -> "_Lists":
        """Those on both and their brothers and sisters, who are on one of the lists, then others."""
        chance, ours, theirs = random.Random(_SEED), list[sets.Record](), list[sets.Record]()
        for number, children in enumerate(itertools.islice(households(_SEED), int(size * _BOTH))):
            query, found = sets._pair(f"x{number}", children[0], chance)  # noqa: SLF001 - the bench's own
            ours.append({"id": f"x{number}", **query.asked(facts=True)})
            theirs.append({**found, "id": f"x{number}"})
            for rank, child in enumerate(children[1:]):
                (ours, theirs)[chance.random() < 0.5].append(sets._in_pool(f"k{number}-{rank}", child, chance))  # noqa: SLF001
        others = sets.crowd()
        for side in (ours, theirs):
            side.extend({**next(others), "id": f"o{at}-{len(side)}"} for at in range(size - len(side)))
            chance.shuffle(side)
        return cls(ours, theirs)


def figures(*, full: bool) -> Iterator[Figure]:
    """At 10,000 people a side; ``full``: at 100,000."""
    size = _FULL if full else _DEFAULT
    name = short(size)
    both, threshold = _Lists.of(size), usual_threshold(size)
    with tempfile.TemporaryDirectory(prefix="hamroh-exchange-") as folder:
        run = _exchanged(both, threshold, Path(folder), wide=True)
        yield from _costs(run, name, full=full)
        yield Figure(f"exchange.attack_known.{name}", _attacked(both, threshold, Path(folder)), "people", "<= 0")
    open_run = _open_run(both, threshold)
    sought = {one for one, _other in run.pairs} & _sought(both)
    mine = {pair for pair in run.pairs if pair[0] in sought}
    yield Figure(f"exchange.open_pairs.{name}", len(open_run), "pairs")
    yield Figure(f"exchange.recall.{name}", _share(open_run & mine, open_run), "share", ">= 0.98")
    same = {pair for pair in open_run if pair[0] == pair[1]}
    yield Figure(f"exchange.recall_same.{name}", _share(same & mine, same), "share")
    yield Figure(f"exchange.precision.{name}", _share(open_run & mine, mine), "share")
    yield Figure(f"exchange.same_person.{name}", _share({pair for pair in mine if pair[0] == pair[1]}, mine), "share")
    yield from _opened(both, run.pairs, f"opened_{{}}.{name}", _Keys.of(both, threshold, wide=True))
    if not full:
        yield from _narrow(both, threshold, open_run, name)
    yield from _beside(both, run, open_run, name)


def _exchanged(both: _Lists, threshold: float, folder: Path, *, wide: bool) -> _Run:
    """The whole exchange, one side after the other, each step with all processors."""
    run, labour, keys = _Run(), Labour(os.cpu_count() or 1), (SigningKey(b"1" * 32), SigningKey(b"2" * 32))
    sides = [
        Own(list(people), key, folder / name, labour)
        for people, key, name in zip((both.ours, both.theirs), keys, "ab", strict=True)
    ]
    for side in sides:
        side.home.mkdir()
    one, other = sides
    offered, answered, result = (folder / name for name in ("offer", "answer", "result"))
    terms = {
        "name": "one",
        "to": Party("other", other.public),
        "purpose": "bench",
        "threshold": threshold,
        "expires": _END,
        "wide": wide,
    }
    _timed(run, "offer", lambda: offer(one, offered, answered=len(both.theirs), today=_BEGIN, **terms), offered)  # type: ignore[arg-type]
    _timed(
        run,
        "answer",
        lambda: answer(other, offered, answered, of=one.public, agrees=lambda _t: True, today=_BEGIN),
        answered,
    )
    ours = _timed(run, "finish", lambda: finish(one, answered, result, _BEGIN), result)
    theirs = {
        pair.number: pair.id for pair in _timed(run, "receive", lambda: receive(other.home, result, _BEGIN), None)
    }
    run.pairs = {(pair.id, theirs[pair.number]) for pair in ours}
    return run


def _timed(run: _Run, step: str, do: Callable[[], Any], file: Path | None) -> Any:
    before, worked = time.perf_counter(), _worked()
    found = do()
    run.seconds[step], run.worked[step] = time.perf_counter() - before, _worked() - worked
    if file:
        run.bytes[step] = file.stat().st_size
    said(f"exchange: {step} {run.seconds[step]:.0f} s, of processors {run.worked[step]:.0f} s")
    return found


def _worked() -> float:
    """Seconds of processors that this process and those that it waited for have had."""
    used = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _costs(run: _Run, name: str, *, full: bool) -> Iterator[Figure]:
    bars = ("<= 600", "<= 300") if full else (None, None)
    yield Figure(f"exchange.seconds.{name}", round(sum(run.seconds.values()), 1), "s", bars[0])
    yield Figure(f"exchange.processors.{name}", round(sum(run.worked.values()), 1), "s")
    for step, seconds in run.seconds.items():
        yield Figure(f"exchange.seconds_{step}.{name}", round(seconds, 1), "s")
    yield Figure(f"exchange.wire.{name}", round(sum(run.bytes.values()) / 1e6, 1), "MB", bars[1])
    for step, size in run.bytes.items():
        yield Figure(f"exchange.wire_{step}.{name}", round(size / 1e6, 2), "MB")
    yield Figure(f"exchange.memory.{name}", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10, 0), "MiB")
    yield Figure(f"exchange.pairs.{name}", len(run.pairs), "pairs")


def _sought(both: _Lists) -> set[str]:
    """Of the first list, those whom the open run looks for."""
    return {str(each["id"]) for each in both.ours[:_SOUGHT]}


def _open_run(both: _Lists, threshold: float) -> Pairs:
    """The pairs of a run that has both lists in the clear."""
    index = Index.from_records(both.theirs)
    found = ((each, one) for each in both.ours[:_SOUGHT] for one in index.search(each))
    return {
        (str(each["id"]), one.id)
        for each, one in found
        if one.bits >= threshold and not _is_against(one, str(each["name"]))
    }


def _is_against(one: Candidate, asked: str) -> bool:
    """Whether no given name meets, or a name stands against another: brothers and sisters are told in neither run."""
    if any(code in _AGAINST for reason in one.reasons for code, _times in reason.grounds):
        return True
    names = [read(asked).parts, read(str(one.record["name"])).parts]
    met = [reason for reason in one.reasons if isinstance(reason, Meeting) and reason.a and reason.b]
    some = any(_may_be_given(part) for each in met for part in (each.a, each.b) if part)
    return all(any(map(_may_be_given, parts)) for parts in names) and not some


def _may_be_given(part: Part) -> bool:
    return not part.ending and part.role != "patronymic"


def _narrow(both: _Lists, threshold: float, open_run: Pairs, name: str) -> Iterator[Figure]:
    """The same with narrow keys: more pairs are missed, fewer strangers opened."""
    with tempfile.TemporaryDirectory(prefix="hamroh-exchange-") as folder:
        run = _exchanged(both, threshold, Path(folder), wide=False)
    sought = _sought(both)
    mine = {pair for pair in run.pairs if pair[0] in sought}
    same = {pair for pair in open_run if pair[0] == pair[1]}
    yield Figure(f"exchange.narrow.recall.{name}", _share(open_run & mine, open_run), "share")
    yield Figure(f"exchange.narrow.recall_same.{name}", _share(same & mine, same), "share")
    yield Figure(f"exchange.narrow.wire.{name}", round(sum(run.bytes.values()) / 1e6, 1), "MB")
    yield from _opened(both, run.pairs, f"narrow.opened_{{}}.{name}", _Keys.of(both, threshold, wide=False))


@dataclass(frozen=True)
class _Keys:
    """What one side asks about, and the keys of the other side's people by their ids."""

    asked: frozenset[str]
    given: dict[str, list[str]]

    @classmethod
    def of(cls, both: _Lists, threshold: float, *, wide: bool) -> "_Keys":
        ours, theirs = (
            _keys(people, rule_of(threshold, max(len(both.ours), len(both.theirs)), wide=wide, asks=asks))
            for people, asks in ((both.ours, True), (both.theirs, False))
        )
        return cls(frozenset(key for keys in ours.values() for key in keys), theirs)


def _opened(both: _Lists, pairs: Pairs, name: str, keys: _Keys) -> Iterator[Figure]:
    """How many people of the answering side are opened though they are in no pair: they share a key that says nearly enough."""
    opened = {of for of, each in keys.given.items() if not keys.asked.isdisjoint(each)}
    strangers = opened - {other for _one, other in pairs}
    kin = {of for of in strangers if of[0] == "k"}
    for what, found in (("strangers", strangers), ("kin", kin)):
        yield Figure(f"exchange.{name.format(what)}", round(len(found) / len(both.theirs), 4), "share")


def _keys(people: Sequence[sets.Record], rule: Rule) -> dict[str, list[str]]:
    """The keys of people by their ids."""
    hear = hearing(None)
    known = [Known.of(record, hear) for record in people]
    counts = Counts(known)
    return {each.id: keys_of(each, counts, rule) for each in known}


def _guesses(both: _Lists) -> list[sets.Record]:
    """Of the second list, the first strangers, exactly as they stand there: the best guesses that anybody could make."""
    return [each for each in both.theirs if str(each["id"])[0] == "o"][:_STRANGERS]


def _attacked(both: _Lists, threshold: float, folder: Path) -> int:
    """How many strangers the offering side knows by right guesses about them that it did not ask about."""
    asked = {
        key
        for keys in _keys(both.ours, rule_of(threshold, len(both.ours), wide=True, asks=True)).values()
        for key in keys
    }
    guesses = _keys(_guesses(both), Rule(-99.0, WIDE, asks=False))
    with Opened(folder / "answer", SigningKey(b"2" * 32).verify_key.encode().hex(), ("answer",)) as file:
        context = parcels.context_in(file.header)
        shelf = parcels.Shelf(file)
        elements = next(file.records("evaluated", 2))
        known = 0
        for keys in guesses.values():
            texts = [b"key\0" + key.encode("utf-8", "surrogatepass") for key in set(keys) - asked]
            tried = [
                group.value(text, each, context) for text in texts for each in (group.point(text, context), *elements)
            ]
            known += bool(shelf.met(tried))
        return known


def _beside(both: _Lists, run: _Run, open_run: Pairs, name: str) -> Iterator[Figure]:
    """The same lists by Bloom filters, whose names are given in Latin sounds: as kindly as it can be asked."""
    with tempfile.TemporaryDirectory(prefix="hamroh-clk-") as folder, contextlib.suppress(Absent):
        tries = [_by_filters(both, like, Path(folder)) for like in _LIKE]
        best = max(tries, key=lambda each: _f1(each, open_run, _sought(both)))
        mine = {pair for pair in best["pairs"] if pair[0] in _sought(both)}
        ours = {pair for pair in run.pairs if pair[0] in _sought(both)}
        yield _next("recall", name, "share", (_share(open_run & ours, open_run), _share(open_run & mine, open_run)))
        yield _next("precision", name, "share", (_share(open_run & ours, ours), _share(open_run & mine, mine)))
        yield _next("seconds", name, "s", (round(sum(run.seconds.values()), 1), round(best["seconds"], 1)))
        yield _next("wire", name, "MB", (round(sum(run.bytes.values()) / 1e6, 1), round(best["bytes"] / 1e6, 1)))
        yield _next("attack_known", name, "people", (0, best["known"]))


def _next(measure: str, name: str, unit: str, values: tuple[float, float]) -> Figure:
    return Figure(f"exchange.beside.{measure}.{name}.clk", values[0], unit, None, "clk", values[1])


def _f1(tried: dict[str, Any], open_run: Pairs, sought: set[str]) -> float:
    mine = {pair for pair in tried["pairs"] if pair[0] in sought}
    return 2 * len(mine & open_run) / max(1, len(mine) + len(open_run))


def _by_filters(both: _Lists, like: float, folder: Path) -> dict[str, Any]:
    """A run in an environment of its own; Absent where that cannot be made."""
    python = _environment(folder)
    job, told = folder / "job.json", folder / "answer.json"
    guesses = _guesses(both)
    places = {str(each["id"]): at for at, each in enumerate(both.theirs)}
    task = {
        "lists": [[_row(each) for each in side] for side in (both.ours, both.theirs)], "guesses": [_row(each) for each in guesses],
        "strangers": [places[str(each["id"])] for each in guesses], "threshold": like, "answer": str(told),
    }  # fmt: skip
    job.write_text(json.dumps(task), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own command
        [str(python), clk.__file__, str(job)], check=False, capture_output=True, text=True, timeout=_WAIT
    )
    if done.returncode:
        said(f"clk is left out: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
        raise Absent("clk")
    answer = json.loads(told.read_text(encoding="utf-8"))
    answer["pairs"] = {(str(both.ours[one]["id"]), str(both.theirs[other]["id"])) for one, other in answer["pairs"]}
    said(f"clk at {like}: {len(answer['pairs'])} pairs, {answer['seconds']:.0f} s")
    return answer  # type: ignore[no-any-return]


def _environment(folder: Path) -> Path:
    made = folder / "clk" / "bin" / "python"
    try:
        return made if made.exists() else Hall(folder).python("clk")
    except Absent as why:
        said(f"clk is left out: {why}")
        raise


def _row(record: sets.Record) -> list[str]:
    name = " ".join(sorted(part.readings[0] for part in read(record["name"]).parts))
    place = " ".join(part.readings[0] for part in read(str(record["place"] or "")).parts)
    return [name or "x", str(record["year"] or ""), place]


def _share(part: Pairs, whole: Pairs) -> float:
    return round(len(part) / max(1, len(whole)), 4)
