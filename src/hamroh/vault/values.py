"""What a sealed attribute holds in memory: never a plaintext that could be printed by mistake."""

from typing import Any, NoReturn, Self

SHOWN = "•••"


class Opaque:
    """Shows itself as dots everywhere: repr, str, format, templates, tracebacks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__.lower()} {SHOWN}>"

    def __str__(self) -> str:
        return SHOWN

    def __format__(self, _spec: str) -> str:
        return SHOWN

    def __html__(self) -> str:
        return SHOWN

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        return self


class Sealed(Opaque):
    """What the database holds of one field: ciphertext or nothing; true where there is something. Opened by ``vault.open`` only."""

    __slots__ = ("ciphertext",)

    def __init__(self, ciphertext: bytes | None) -> None:
        self.ciphertext = ciphertext

    def __bool__(self) -> bool:
        return self.ciphertext is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.ciphertext == self.ciphertext

    def __hash__(self) -> int:
        return hash(self.ciphertext)


class Pending(Opaque):
    """A value that was assigned and is not sealed yet: it is when the row is saved. It cannot be pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return self._value is not None

    def __reduce_ex__(self, _protocol: Any) -> NoReturn:
        raise TypeError("a value that is not sealed yet cannot be pickled: save the row first")

    def for_sealing(self) -> Any:
        """The value itself: for the vault alone."""
        return self._value


def pending(value: Any) -> Sealed | Pending:
    return value if isinstance(value, Sealed | Pending) else Pending(value)
