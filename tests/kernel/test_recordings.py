"""A copy that leaves says nothing beside its sound, and is silent where a part is shut."""

import pytest

from hamroh.kernel.consented import Span
from hamroh.kernel.recordings import CannotCut, Unreadable, public_copy
from sounds import silent_in, sound

CANARY = b"canary of her name"
#: 128 kbit/s, 44.1 kHz, MPEG 1 layer III: 417 bytes, 1152 samples
HEAD = bytes([0xFF, 0xFB, 0x90, 0x64])


def mp3(frames: int = 200) -> bytes:
    return b"".join(HEAD + bytes([1 + number % 200]) * 413 for number in range(frames))


def tagged(content: bytes) -> bytes:
    size = len(CANARY)
    return b"ID3\x04\x00\x00" + bytes([0, 0, 0, size]) + CANARY + content + b"TAG" + CANARY.ljust(125)


def flac() -> bytes:
    facts = bytes(10) + ((8000 << 44) | (15 << 36) | 16000).to_bytes(8) + bytes(16)
    comment = bytes([0x84]) + len(CANARY).to_bytes(3) + CANARY
    return b"fLaC" + bytes([0]) + len(facts).to_bytes(3) + facts + comment + b"\xff\xf8frames"


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def mp4() -> bytes:
    header = box(b"mvhd", bytes(12) + (1000).to_bytes(4) + (2500).to_bytes(4) + bytes(80))
    return (
        box(b"ftyp", b"isom")
        + box(b"moov", header + box(b"udta", CANARY) + box(b"trak", box(b"meta", CANARY)))
        + box(b"mdat", b"sound")
    )


def ogg() -> bytes:
    def page(number: int, position: int, packet: bytes) -> bytes:
        sizes = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
        return (
            b"OggS\0\0"
            + position.to_bytes(8, "little")
            + bytes(4)
            + number.to_bytes(4, "little")
            + bytes(4)
            + bytes([len(sizes)])
            + sizes
            + packet
        )

    said = b"ARTIST=" + CANARY
    tags = (
        b"OpusTags"
        + (6).to_bytes(4, "little")
        + b"vendor"
        + (1).to_bytes(4, "little")
        + len(said).to_bytes(4, "little")
        + said
    )
    return page(0, 0, b"OpusHead" + bytes(11)) + page(1, 0, tags) + page(2, 96_000, b"sound")


def wav() -> bytes:
    plain = sound(2)
    listed = b"LIST" + (len(CANARY)).to_bytes(4, "little") + CANARY
    return b"RIFF" + (len(plain) - 8 + len(listed)).to_bytes(4, "little") + plain[8:] + listed


ALL = {
    "wav": (wav(), 2000),
    "mp3": (tagged(mp3()), 5224),
    "flac": (flac(), 2000),
    "mp4": (mp4(), 2500),
    "ogg": (ogg(), 2000),
}


@pytest.mark.parametrize("form", ALL)
def test_it_says_nothing_beside_the_sound(form: str) -> None:
    content, duration = ALL[form]
    made = public_copy(content, form)
    assert CANARY in content
    assert CANARY not in made.content
    assert made.duration == duration


@pytest.mark.parametrize("form", ["mp4", "ogg"])
def test_it_leaves_what_is_blanked_as_long_as_it_was(form: str) -> None:
    content, _duration = ALL[form]
    assert len(public_copy(content, form).content) == len(content)


@pytest.mark.parametrize("form", ["flac", "mp4", "ogg"])
def test_it_gives_whole_or_not_at_all(form: str) -> None:
    with pytest.raises(CannotCut):
        public_copy(ALL[form][0], form, [Span(0, 100)])


def test_it_makes_wav_silent_where_it_is_shut() -> None:
    made = public_copy(sound(4), "wav", [Span(1000, 2000), Span(3500, 9000)])
    assert silent_in(made.content, 1000, 2000)
    assert silent_in(made.content, 3500, 4000)
    assert not silent_in(made.content, 0, 999)
    assert len(made.content) == len(sound(4))


def test_it_takes_all_sound_out_of_frames_that_are_shut() -> None:
    made = public_copy(mp3(), "mp3", [Span(2000, 3000)]).content
    frames = [made[at : at + 417] for at in range(0, len(made), 417)]
    silent = [number for number, frame in enumerate(frames) if not any(frame[4:])]
    first, last = 2000 * 44100 // 1152 // 1000, 3000 * 44100 // 1152 // 1000
    assert set(range(first - 2, last + 3)) <= set(silent)
    assert frames[0] == mp3()[:417]
    assert all(frame[:1] == b"\xff" for frame in frames)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"ID3",
        b"fLaC\x80",
        b"OggS",
        b"\0\0\0\x08ftyp",
        b"\xff\xfb\x90\x64",
        b"MZ",
        b"RIFF\0\0\0\0WAVEfmt ",
    ],
)
def test_it_refuses_what_it_cannot_read(content: bytes) -> None:
    with pytest.raises(Unreadable):
        public_copy(content, "audio/x")


@pytest.mark.parametrize("form", ALL)
def test_it_survives_any_cut_of_a_file(form: str) -> None:
    content, _duration = ALL[form]
    for size in range(0, len(content), max(1, len(content) // 97)):
        try:
            made = public_copy(content[:size], form)
        except Unreadable:
            continue
        assert CANARY not in made.content
