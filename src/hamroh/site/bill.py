"""The bill of materials: every package that a lock names and every one that the pages of filled forms were built from, as CycloneDX."""

import base64
import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_HASHED = re.compile(r"--hash=sha256:([0-9a-f]{64})")
#: how a lock of npm and CycloneDX name one hash
_INTEGRITY = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}


def bill(lock: Path, npm: Path | None, *, name: str, version: str) -> dict[str, Any]:
    """What is installed with a lock, and what was built into static files. The same files give the same bytes."""
    parts = [*_of_python(lock.read_text(encoding="utf-8"))]
    parts += _of_npm(json.loads(npm.read_text(encoding="utf-8"))) if npm else []
    parts.sort(key=lambda each: each["purl"])
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    whole = {"type": "application", "bom-ref": "hamroh", "name": name, "version": version}
    return {
        "$schema": SCHEMA, "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{name} {version} {digest}')}",
        "metadata": {"component": whole | {"licenses": [{"license": {"id": "AGPL-3.0-or-later"}}]}},
        "components": parts,
    }  # fmt: skip


def _of_python(lock: str) -> Iterator[dict[str, Any]]:
    """One part for each pinned package; its files, of which one is installed, stand by their hashes."""
    for block in re.split(r"\n(?=\S)", lock):
        if found := _PINNED.match(block):
            name = re.sub(r"[-_.]+", "-", found["name"]).lower()
            files = [{"type": "distribution", "url": f"sha256:{each}", "hashes": _hash("SHA-256", each)} for each in _HASHED.findall(block)]  # fmt: skip
            yield _part("pypi", name, found["version"]) | {"externalReferences": files}


def _of_npm(lock: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a lock of npm holds and the built files may contain: no tool of the build alone."""
    known = set[str]()
    for place, told in lock["packages"].items():
        name = place.rpartition("node_modules/")[2]
        part = _part("npm", name, told["version"])
        if not name or told.get("dev") or told.get("optional") or part["purl"] in known:
            continue
        known.add(part["purl"])
        how, _dash, digest = told["integrity"].partition("-")
        licence = {"licenses": [{"expression": told["license"]}]} if told.get("license") else {}
        yield part | {"hashes": _hash(_INTEGRITY[how], base64.b64decode(digest).hex())} | licence


def _part(kind: str, name: str, version: str) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _hash(how: str, digest: str) -> list[dict[str, str]]:
    return [{"alg": how, "content": digest}]
