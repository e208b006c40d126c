"""Recordings for tests: small, and heard in every second."""

import io
import math
import wave

RATE = 8000


def sound(seconds: int = 6, rate: int = RATE) -> bytes:
    """A tone that no second of is silent."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        tone = (round(9000 * math.sin(at / 7)) | 1 for at in range(seconds * rate))
        file.writeframes(b"".join(value.to_bytes(2, "little", signed=True) for value in tone))
    return out.getvalue()


def silent_in(content: bytes, start: int, end: int) -> bool:
    """Whether nothing is heard between two moments (milliseconds) of a WAV file."""
    with wave.open(io.BytesIO(content)) as file:
        rate, width = file.getframerate(), file.getsampwidth() * file.getnchannels()
        frames = file.readframes(file.getnframes())
    return not any(frames[start * rate // 1000 * width : end * rate // 1000 * width])
