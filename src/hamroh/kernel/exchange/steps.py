"""The steps of an exchange: who offers asks about blinded keys, who answers evaluates them and sends the own people sealed under theirs,
who offered opens those that both have and weighs them, and who answered receives which of the own people were matched.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import overload

from nacl.signing import SigningKey

from hamroh.kernel.exchange import group, parcels
from hamroh.kernel.exchange.evidence import Rule
from hamroh.kernel.exchange.features import Features, Values, Weighing, features_of, number, packed, unpacked
from hamroh.kernel.exchange.files import Opened, written
from hamroh.kernel.exchange.labour import PIECE, Labour, Task, in_pieces
from hamroh.kernel.exchange.reading import Reading, rule_of
from hamroh.kernel.exchange.states import State, all_standing, begun, list_digest, not_too_often, noted, standing, swept
from hamroh.kernel.exchange.terms import FIELDS, Party, Terms, Unfit
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.names.weights import shipped

__all__ = ["Own", "Pair", "answer", "finish", "offer", "receive"]
#: texts asked about at least, so that a list of three people does not look like one
_LEAST = 256
_PAD = b"pad\0"


@dataclass(frozen=True, slots=True)
class Own:
    """A side: its list, its signing key, the folder of its exchanges, how its work is done."""

    records: Sequence[Record]
    key: SigningKey
    home: Path
    labour: Labour

    @property
    def public(self) -> str:
        return self.key.verify_key.encode().hex()


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair above the threshold as one side sees it: the own record, the pair's number, which both have, the bits, and codes of
    `features.SAID` for what they rest on."""

    id: str
    number: int
    bits: int
    said: tuple[str, ...] = ()


#: takes the pairs before the exchange is closed, after which they cannot be had again
Keeping = Callable[[Sequence[Pair]], None]


def _forget(_pairs: Sequence[Pair]) -> None:
    """For who takes what is returned."""


def rounded(count: int) -> int:
    """The next number of two digits and noughts: how many there are is told no more exactly.

    >>> [rounded(each) for each in (7, 99, 101, 1230)]
    [7, 99, 110, 1300]
    """
    step: int = 10 ** max(0, len(str(count)) - 2)
    return -(-count // step) * step


def offer(
    own: Own,
    out: Path,
    *,
    name: str,
    to: Party,
    purpose: str,
    threshold: float,
    expires: date,
    answered: int,
    today: date,
    wide: bool = False,
    fields: Sequence[str] = FIELDS,
) -> Terms:
    """Write the offer; `wide` opens more people so as to miss fewer pairs, `fields` are compared and no others. An offer of this list on these terms that was stopped is taken up again."""
    people = rounded(len(own.records))
    mine = Reading.of(_only(own.records, fields), rule_of(threshold, max(people, answered), wide=wide, asks=True))
    count = rounded(max(_LEAST, len(mine.texts)))
    terms = Terms(
        secrets.token_hex(16), Party(name, own.public), to, purpose, threshold, today, expires,
        people, answered, count, wide, tuple(fields),
    )  # fmt: skip
    terms.checked()
    terms.holding(today)
    swept(own.home, today)
    state = _stopped(own, terms) or begun(own.home, terms, list_digest(own.records))
    task = Task("blind", group.blinded, group.scalar(state.key, b"asked"), state.context, state.kept("blind"))
    pieces = own.labour.done(task, in_pieces(_ordered(mine.texts, state)), count)
    header = {"terms": state.terms.packed().decode()}
    digest = written(out, "offer", header, [(("asked", group.SIZE, count), pieces)], own.key)
    state.saved(offer=digest)
    noted(own.home, today, "offer", state.terms, people=len(mine.people), offer=digest)
    return state.terms


def _stopped(own: Own, terms: Terms) -> State | None:
    """An offer that was begun on these terms and not written."""
    people, wanted = list_digest(own.records), _unnumbered(terms)
    found = (state for state in all_standing(own.home) if not state.offer and state.people == people)
    return next((state for state in found if _unnumbered(state.terms) == wanted), None)


def _unnumbered(terms: Terms) -> tuple[object, ...]:
    return (
        terms.offers,
        terms.answers,
        terms.purpose,
        terms.threshold,
        terms.made,
        terms.expires,
        terms.answered,
        terms.keys,
        terms.wide,
        terms.fields,
    )


def _only(records: Sequence[Record], fields: Sequence[str]) -> Sequence[Record]:
    """The records without what was not agreed to be compared."""
    left = [each for each in FIELDS if each not in fields]
    return [{key: value for key, value in record.items() if key not in left} for record in records] if left else records


def _ordered(asked: Sequence[bytes], state: State) -> list[bytes]:
    """The texts and others that nobody has up to the agreed number, in an order that only the secret gives."""
    return [_padded(asked, at, state) for at in _order(asked, state)]


def _order(asked: Sequence[bytes], state: State) -> list[int]:
    """The places of the texts in that order; those behind the last text are of others that nobody has."""
    order = [
        group.digest(b"order", _padded(asked, at, state), key=state.key, size=16) for at in range(state.terms.keys)
    ]
    return sorted(range(state.terms.keys), key=order.__getitem__)


def _padded(asked: Sequence[bytes], at: int, state: State) -> bytes:
    return asked[at] if at < len(asked) else _PAD + group.digest(b"pad", str(at - len(asked)).encode(), key=state.key)


def answer(own: Own, offered: Path, out: Path, *, of: str, agrees: Callable[[Terms], bool], today: date) -> Terms:
    """Write the answer to the offer of the partner with the public key `of`, where `agrees` says so of its terms."""
    with Opened(offered, of, ("offer",)) as file:
        terms = parcels.terms_in(file.header)
        if (terms.offers.key, terms.answers.key) != (of, own.public):
            raise Unfit("the offer is for another organisation, or names another sender")
        terms.holding(today)
        if file.count("asked", group.SIZE) != terms.keys:
            raise Unfit("the offer asks about another number of keys than its terms say")
        if len(own.records) > terms.answered:
            raise Unfit(f"the list has {len(own.records)} people, the terms allow {terms.answered}")
        swept(own.home, today)
        not_too_often(own.home, of, terms.exchange, today)
        if not agrees(terms):
            raise Unfit("the terms were not agreed to")
        state = standing(own.home, terms.exchange) or begun(
            own.home, terms, list_digest(own.records), offer=file.digest
        )
        if (state.offer, state.people) != (file.digest, list_digest(own.records)):
            raise Unfit("another answer in this exchange was begun, to another offer or with another list")
        digest = _answered(own, file, state, out)
    noted(own.home, today, "answer", terms, people=len(own.records), offer=state.offer, answer=digest)
    return terms


def _answered(own: Own, file: Opened, state: State, out: Path) -> str:
    secret = group.scalar(state.key, b"answer " + state.offer.encode())
    task = Task("evaluate", group.multiplied, secret, b"", state.kept("evaluate"))
    with own.labour.aside(task, file.records("asked", PIECE)):
        ids, seal, others = _ours(own, state, secret)
    asked = own.labour.done(task, file.records("asked", PIECE), state.terms.keys)
    header = {"terms": state.terms.packed().decode(), "offer": state.offer, "seal": seal}
    digest = written(out, "answer", header, [(("evaluated", group.SIZE, state.terms.keys), asked), *others], own.key)
    state.saved(answer=digest, ids=ids)
    return digest


def _ours(
    own: Own, state: State, secret: bytes
) -> tuple[tuple[str, ...], str, list[tuple[tuple[str, int, int], Iterable[bytes]]]]:
    """What who answers says of the own people: their ids by handle, the key for the result, entries and parcels."""
    mine = Reading.of(_only(own.records, state.terms.fields), _rule(state.terms, asks=False))
    values = _values(own, mine.texts, state, secret)
    order = sorted(
        range(len(mine.people)), key=lambda at: group.digest(b"handle", mine.people[at].id.encode(), key=state.key)
    )
    entries = parcels.entries(values, (mine.keys[at] for at in order), state.key, rounded)
    said = _numbers(mine, values)
    blocks = (packed(features_of(mine.people[at], mine.counts, said)) for at in order)
    count = rounded(len(order))
    people = list(parcels.parcels(blocks, count, state.key))
    seal = parcels.sealing(state.key).public_key.encode().hex()
    return tuple(mine.people[at].id for at in order), seal, [
        (("entries", parcels.ENTRY, len(entries) // parcels.ENTRY), [entries]),
        (("people", parcels.PARCEL, count), people),
    ]  # fmt: skip


def _rule(terms: Terms, *, asks: bool) -> Rule:
    return rule_of(terms.threshold, max(terms.offered, terms.answered), wide=terms.wide, asks=asks)


def _values(own: Own, asked: Sequence[bytes], state: State, secret: bytes) -> Sequence[bytes]:
    """The values of the own texts to who knows the number."""
    task = Task("value", group.valued, secret, state.context, state.kept("value"))
    return _Values(b"".join(own.labour.done(task, in_pieces(asked), len(asked))))


class _Values(Sequence[bytes]):
    """Many values in little memory."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole

    def __len__(self) -> int:
        return len(self._whole) // group.SIZE

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        return self._whole[at * group.SIZE : (at + 1) * group.SIZE]


def _numbers(mine: Reading, values: Sequence[bytes]) -> Values:
    """Of the texts of features, what of their values is compared."""
    return {text: number(values[at]) for text, at in mine.said.items()}


def finish(own: Own, answered: Path, out: Path, today: date, keep: Keeping = _forget) -> list[Pair]:
    """Open the answer to an own offer, weigh whom both have, write the result for the other side; the pairs as the own side sees them.

    They are given to `keep` before the exchange is closed.
    """
    swept(own.home, today)
    state, key = _of_file(own.home, answered, "answer")
    with Opened(answered, key, ("answer",)) as file:
        _fits(file, state)
        if state.people != list_digest(own.records):
            raise Unfit("the list is another one than that of the offer: give the list as it was")
        with own.labour.aside(_opening(file, state), file.records("evaluated", PIECE)):
            mine = Reading.of(_only(own.records, state.terms.fields), _rule(state.terms, asks=True))
        values = _unblinded(own, mine.texts, file, state)
        found = list(_matched(own.labour, mine, values, file, state))
        found.sort(key=lambda each: group.digest(b"pair", str(each[:2]).encode(), key=state.key))
        told = [(handle, number, bits, said) for number, (_at, handle, bits, said) in enumerate(found, 1)]
        sealed = parcels.sealed(told, str(file.header.get("seal")))
        header = {"terms": state.terms.packed().decode(), "answer": file.digest}
        digest = written(out, "result", header, [(("sealed", 1, len(sealed)), [sealed])], own.key)
    noted(
        own.home, today, "finish", state.terms, offer=state.offer, answer=file.digest, result=digest, pairs=len(found)
    )
    pairs = [Pair(mine.people[at].id, number, bits, said) for number, (at, _handle, bits, said) in enumerate(found, 1)]
    keep(pairs)
    state.closed()
    return pairs


def _of_file(home: Path, path: Path, kind: str) -> tuple[State, str]:
    """The own open exchange of which a file says it is, and the key of the other side that the own terms name."""
    exchange = parcels.exchange_of(path, kind)
    state = standing(home, exchange)
    if state is None:
        raise Unfit("no exchange of this number is open here: it is finished, or the file is for somebody else")
    return state, state.terms.answers.key if kind == "answer" else state.terms.offers.key


def _fits(file: Opened, state: State) -> None:
    terms = state.terms
    if parcels.terms_in(file.header).packed() != terms.packed():
        raise Unfit("the answer has other terms than the offer: ask the other side why")
    if not hmac.compare_digest(str(file.header.get("offer")), state.offer):
        raise Unfit("this is the answer to another offer")
    if file.count("evaluated", group.SIZE) != terms.keys or file.count("people", parcels.PARCEL) > rounded(
        terms.answered
    ):
        raise Unfit("the answer has more or fewer people than the terms say")
    if file.count("entries", parcels.ENTRY) > parcels.MOST_ENTRIES * rounded(terms.answered):
        raise Unfit("the answer has more keys than its people can have")


def _opening(file: Opened, state: State) -> Task:
    """Taking the blinding off what the other side made of the own points."""
    undoing = group.inverse(group.scalar(state.key, b"asked"))
    return Task("open", group.multiplied, undoing, b"", state.kept(f"open {file.digest[:16]}"))


def _unblinded(own: Own, asked: Sequence[bytes], file: Opened, state: State) -> Sequence[bytes]:
    """The values of the own texts, of what the other side made of their blinded points."""
    order, count, context = iter(_order(asked, state)), len(asked), state.context
    made = bytearray(count * group.SIZE)
    for piece in own.labour.done(_opening(file, state), file.records("evaluated", PIECE), state.terms.keys):
        for first in range(0, len(piece), group.SIZE):
            at = next(order)
            if at < count:
                element = piece[first : first + group.SIZE]
                made[at * group.SIZE : (at + 1) * group.SIZE] = group.value(asked[at], element, context)
    return _Values(bytes(made))


def _matched(
    labour: Labour, mine: Reading, values: Sequence[bytes], file: Opened, state: State
) -> Iterator[parcels.Told]:
    """Of each pair that weighs enough: the number of the own person, the handle of the other one, the bits, what they rest on."""
    said = _numbers(mine, values)
    weighing, shelf = Weighing(shipped(), said), parcels.Shelf(file)
    found = shelf.met(values)
    theirs: dict[int, Features | None] = {}
    for at, keys in enumerate(mine.keys):
        labour.tell("weigh", at + 1, len(mine.keys))
        others = {handle: key for text in keys for handle, key in found.get(text, ())}
        ours = features_of(mine.people[at], mine.counts, said) if others else None
        for handle, key in sorted(others.items()):
            if handle not in theirs:
                theirs[handle] = _features(shelf.opened(handle, key))
            other = theirs[handle]
            weighed = weighing.weighed(ours, other) if ours and other else None
            if weighed is not None and weighed.bits >= state.terms.threshold:
                yield at, handle, round(weighed.bits), weighed.said


def _features(block: bytes | None) -> Features | None:
    """The features in an opened block; None for one that an honest program would not have made."""
    try:
        return unpacked(block) if block else None
    except ValueError:
        return None


def receive(home: Path, result: Path, today: date, keep: Keeping = _forget) -> list[Pair]:
    """Open the result that who offered has sent: the pairs as the side that answered sees them, given to `keep` first."""
    swept(home, today)
    state, key = _of_file(home, result, "result")
    with Opened(result, key, ("result",)) as file:
        if parcels.terms_in(file.header).packed() != state.terms.packed() or file.header.get("answer") != state.answer:
            raise Unfit("this is the result of another answer")
        told = parcels.unsealed(file, parcels.sealing(state.key), len(state.ids))
        noted(home, today, "receive", state.terms, answer=state.answer, result=file.digest, pairs=len(told))
    pairs = [Pair(state.ids[handle], number, bits, said) for handle, number, bits, said in told]
    keep(pairs)
    state.closed()
    return pairs
