"""Short meaningless codes for public addresses: they say nothing of what they stand for."""

import secrets

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """Eight letters and digits that are not mistaken for each other (about 39 bits)."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))
