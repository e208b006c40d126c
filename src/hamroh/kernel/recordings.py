"""Public copies of recordings: without what a file says beside its sound (names, places, devices), and silent where a part is shut.

Silence keeps the length, so that words stay at their times. WAV and MP3 can be made silent in part; other forms only go out whole.
"""

import io
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hamroh.kernel.consented import Span

_OGG_POLY, _RATES = 0x04C11DB7, {"3": (44100, 48000, 32000), "2": (22050, 24000, 16000), "0": (11025, 12000, 8000)}
_MP3_KBITS = {
    "3": (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    "2": (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
#: boxes of MP4 that hold other boxes, and those that say things nobody asked them to
_HOLDS, _TELLS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}, {b"udta", b"meta", b"uuid"}


class Unreadable(ValueError):
    """The recording is not in its form, or in one that we do not take apart."""


class CannotCut(ValueError):
    """A part of it is shut, and recordings of this form can only go out whole."""


@dataclass(frozen=True)
class Copy:
    """What may leave, how long it lasts (milliseconds), and the parts that are silent in it."""

    content: bytes
    duration: int
    taken_out: tuple[Span, ...] = ()


def public_copy(content: bytes, mime: str, shut: Sequence[Span] = ()) -> Copy:
    """The copy that may leave. CannotCut, Unreadable."""
    make = next((each for start, each in _FORMS if _starts(content, start)), None)
    if make is None:
        raise Unreadable(mime)
    try:
        return make(content, tuple(shut))
    except (IndexError, ValueError, ArithmeticError, EOFError, wave.Error) as error:
        if isinstance(error, CannotCut | Unreadable):
            raise
        raise Unreadable(mime) from None


def _starts(content: bytes, mark: bytes) -> bool:
    return content[4:8] == mark if mark == b"ftyp" else content.startswith(mark)


# -- WAV -----------------------------------------------------------------------------------------------------------


def _wav(content: bytes, shut: tuple[Span, ...]) -> Copy:
    with wave.open(io.BytesIO(content)) as read:
        facts = read.getparams()
        sound = bytearray(read.readframes(facts.nframes))
    width = facts.sampwidth * facts.nchannels
    for each in shut:
        first, last = (_at(time, facts.framerate) * width for time in (each.start, each.end))
        quiet = b"\x80" if facts.sampwidth == 1 else b"\0"
        last = min(last + width, len(sound))
        sound[first:last] = quiet * max(0, last - first)
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setparams(facts)
        written.writeframes(bytes(sound))
    return Copy(out.getvalue(), facts.nframes * 1000 // facts.framerate, shut)


def _at(time: int, rate: int) -> int:
    return time * rate // 1000


# -- MP3: frames alone, whatever stands around them ------------------------------------------------------------------


def _mp3(content: bytes, shut: tuple[Span, ...]) -> Copy:
    made, samples, rate = bytearray(), 0, 0
    frames = list(_mp3_frames(content))
    if len(frames) < 2:
        raise Unreadable("audio/mpeg")
    starts = []
    for _frame, its_rate, its_samples in frames:
        rate = its_rate
        starts.append(samples * 1000 // rate)
        samples += its_samples
    duration = samples * 1000 // rate
    ends = [*starts[1:], duration]
    # a frame may keep some of its sound in those before it: two more go on either side
    wide = [Span(max(0, each.start - 120), each.end + 120) for each in shut]
    for (frame, _rate, _samples), start, end in zip(frames, starts, ends, strict=True):
        silent = any(Span(start, max(end, start + 1)).touches(each) for each in wide)
        made += frame[:1] + bytes([frame[1] | 1]) + frame[2:4] + bytes(len(frame) - 4) if silent else frame
    return Copy(bytes(made), duration, shut)


def _mp3_frames(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Layer III frames with rate and samples of each; bytes that are none are left out."""
    at = 0
    while at + 4 <= len(content):
        if content[at : at + 3] == b"ID3":
            size = sum((content[at + 6 + n] & 0x7F) << (7 * (3 - n)) for n in range(4))
            at += 10 + size
            continue
        length, rate, samples = _mp3_head(content[at : at + 4])
        if length and at + length <= len(content):
            yield content[at : at + length], rate, samples
        at += length or 1


def _mp3_head(head: bytes) -> tuple[int, int, int]:
    """Length, rate and samples; nought where these are not the first bytes of a frame."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rates = head[2] >> 4, head[2] >> 2 & 3
    if head[0] != 0xFF or head[1] < 0xE0 or version == 1 or layer != 1 or bits in (0, 15) or rates == 3:
        return 0, 0, 0
    rate = _RATES[str(version)][rates]
    kbits = _MP3_KBITS["3" if version == 3 else "2"][bits]
    samples = 1152 if version == 3 else 576
    return samples // 8 * kbits * 1000 // rate + (head[2] >> 1 & 1), rate, samples


# -- forms that only go out whole ------------------------------------------------------------------------------------


def _flac(content: bytes, shut: tuple[Span, ...]) -> Copy:
    """The description of the stream and its seek points stay; comments, pictures and cue sheets go."""
    _refuse(shut)
    at, kept = 4, []
    while True:
        kind, size = content[at], int.from_bytes(content[at + 1 : at + 4])
        if kind & 0x7F in (0, 3):
            kept.append(bytes([kind & 0x7F]) + content[at + 1 : at + 4 + size])
        at += 4 + size
        if kind & 0x80:
            break
    kept[-1] = bytes([kept[-1][0] | 0x80]) + kept[-1][1:]
    facts = int.from_bytes(kept[0][14:22])
    rate, total = facts >> 44, facts & (2**36 - 1)
    return Copy(b"fLaC" + b"".join(kept) + content[at:], total * 1000 // rate)


def _mp4(content: bytes, shut: tuple[Span, ...]) -> Copy:
    """Boxes that tell of the maker are made empty ones of the same size, so that nothing else moves."""
    _refuse(shut)
    made = bytearray(content)
    found = {"duration": 0}
    _blank(made, 0, len(made), found)
    if not found["duration"]:
        raise Unreadable("video/mp4")
    return Copy(bytes(made), found["duration"])


def _blank(made: bytearray, at: int, end: int, found: dict[str, int]) -> None:
    while at + 8 <= end:
        size, kind, head = int.from_bytes(made[at : at + 4]), bytes(made[at + 4 : at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(made[at + 8 : at + 16]), 16
        size = size or end - at
        if size < head or at + size > end:
            raise Unreadable("video/mp4")
        if kind in _TELLS:
            made[at + 4 : at + 8] = b"free"
            made[at + head : at + size] = bytes(size - head)
        elif kind == b"mvhd":
            long = made[at + head] == 1
            fields = made[at + head + (20 if long else 12) :]
            scale, length = int.from_bytes(fields[:4]), int.from_bytes(fields[4 : 12 if long else 8])
            found["duration"] = length * 1000 // scale if scale else 0
        elif kind in _HOLDS:
            _blank(made, at + head, at + size, found)
        at += size


def _ogg(content: bytes, shut: tuple[Span, ...]) -> Copy:
    """Comments of Opus and Vorbis are written over with blanks, and the pages that hold them are counted anew."""
    _refuse(shut)
    made, pages = bytearray(content), list(_ogg_pages(content))
    first = pages[0]
    head = content[first[1] : first[2]]
    opus, vorbis = head.startswith(b"OpusHead"), head.startswith(b"\x01vorbis")
    if not (opus or vorbis):
        raise Unreadable("audio/ogg")
    rate = 48_000 if opus else int.from_bytes(head[12:16], "little")
    _blank_comments(made, pages, 8 if opus else 7)
    last = max(int.from_bytes(content[at + 6 : at + 14], "little", signed=True) for at, _body, _end in pages)
    return Copy(bytes(made), last * 1000 // rate)


def _ogg_pages(content: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at < len(content):
        if content[at : at + 4] != b"OggS":
            raise Unreadable("audio/ogg")
        count = content[at + 26]
        body = at + 27 + count
        end = body + sum(content[at + 27 : body])
        if end > len(content):
            raise Unreadable("audio/ogg")
        yield at, body, end
        at = end


def _blank_comments(made: bytearray, pages: Sequence[tuple[int, int, int]], prefix: int) -> None:
    """The second packet begins on the second page: its lengths stay, its letters go."""
    places = [place for _at_, body, end in pages[1:] for place in range(body, end)]
    packet = bytes(made[place] for place in places[: 2**20])
    at = prefix

    def over(size: int) -> None:
        for place in places[at : at + size]:
            made[place] = 0x20

    size = int.from_bytes(packet[at : at + 4], "little")
    at += 4
    over(size)
    at += size
    count = int.from_bytes(packet[at : at + 4], "little")
    at += 4
    for _ in range(count):
        size = int.from_bytes(packet[at : at + 4], "little")
        at += 4
        if at + size > len(packet):
            raise Unreadable("audio/ogg")
        over(size)
        if size > 1:
            made[places[at + 1]] = 0x3D  # "X=": a comment is a name and a value
            made[places[at]] = 0x58
        at += size
    for start, _body, end in pages[1:]:
        _count_anew(made, start, end)
        if end > places[min(at, len(places) - 1)]:
            break


def _count_anew(made: bytearray, start: int, end: int) -> None:
    made[start + 22 : start + 26] = bytes(4)
    total = 0
    for byte in made[start:end]:
        total = ((total << 8) & 0xFFFFFFFF) ^ _OGG_TABLE[(total >> 24) ^ byte]
    made[start + 22 : start + 26] = total.to_bytes(4, "little")


def _ogg_entry(value: int) -> int:
    value <<= 24
    for _ in range(8):
        value = ((value << 1) ^ _OGG_POLY) & 0xFFFFFFFF if value & 0x80000000 else (value << 1) & 0xFFFFFFFF
    return value


def _refuse(shut: tuple[Span, ...]) -> None:
    if shut:
        raise CannotCut


_OGG_TABLE = [_ogg_entry(value) for value in range(256)]
_FORMS: tuple[tuple[bytes, Callable[[bytes, tuple[Span, ...]], Copy]], ...] = (
    (b"RIFF", _wav), (b"ID3", _mp3), (b"\xff", _mp3), (b"fLaC", _flac), (b"OggS", _ogg), (b"ftyp", _mp4),
)  # fmt: skip
