"""Browsers that fill forms in tests: brought in by Madina, and what they seal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from field_world import Field, filled, new_instance
from hamroh.fieldwork import packages
from hamroh.fieldwork.actions import filling
from hamroh.fieldwork.models import Device, FormVersion
from hamroh.fieldwork.selectors import fillers
from hamroh.fieldwork.views.filler import COOKIE

#: of the filler's own script
OURS = {"X-Filler": "1"}


@dataclass(frozen=True)
class Browser:
    """A browser as the server sees it: a cookie that no script reads."""

    device: Device
    token: str
    client: Client

    def get(self, name: str, **parts: Any) -> Any:
        return self.client.get(reverse(f"filler:api-{name}", kwargs=parts), headers=OURS)

    def send(self, head: Mapping[str, Any], parts: list[bytes], *, only: Any = None) -> Any:
        """Post a package, or some of its parts."""
        files = {f"part-{at}": SimpleUploadedFile("blob", part) for at, part in enumerate(parts)}
        chosen = files if only is None else {f"part-{at}": files[f"part-{at}"] for at in only}
        return self.client.post(reverse("filler:api-packages"), {"head": json.dumps(head), **chosen}, headers=OURS)


def browser(field: Field, actor: Any = None, organisation: Any = None) -> Browser:
    device, token = filling.bring_in(
        actor=actor or field.madina, organisation=organisation or field.centre, label="Phone 7"
    )
    client = Client()
    client.cookies[COOKIE] = token
    return Browser(device, token, client)


def package(
    of: Browser, version: FormVersion, *, xml: bytes = b"", files: Mapping[str, bytes] | None = None, instance: str = "", **head: Any
) -> tuple[dict[str, Any], list[bytes]]:  # fmt: skip
    """What the browser would seal of a filled form; ``head`` says something else than what is so."""
    instance = instance or new_instance()
    key = fillers.current_key(of.device.organisation_id)
    assert key
    told = {"device": of.device.code, "version": str(version.pk), "instance": instance, "key": key.code, **head}
    return packages.sealed(told, {"xml": xml or filled(instance=instance), **(files or {})}, key.public)
