"""Public pages of figures and profiles, asked for by their address beneath the room's."""

from typing import Any

from django.test import Client


def page(client: Client, path: str, lang: str = "en") -> str:
    """The page as text; it must be there."""
    answer: Any = client.get(f"/{lang}/evidence/{path}")
    assert answer.status_code == 200, path
    return str(answer.content.decode())
