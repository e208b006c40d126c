"""Forms that only their organisation opens: handed over as they came, and opened on a machine of its own. Plain Python, no Django.

A parcel is a ZIP: the envelope and its sealed files as an app of ODK sent them, or the package as a browser wrote it for the way by hand.
"""

import base64
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hamroh.fieldwork import answers, packages, sealedforms
from hamroh.fieldwork.trees import Unreadable, attribute, tree_of

ENVELOPE, PACKAGE = "envelope.xml", "package.json"
#: what stands behind the name of a file that an app sealed; bytes of a parcel, unpacked
_ENDING, _LARGEST = ".enc", 512 * 2**20


class WillNotOpen(ValueError):
    """It is no parcel, was changed, lacks a file, or was sealed to another key."""


@dataclass(frozen=True)
class Opened:
    """A filled form, and its files by their names."""

    instance: str
    xml: bytes
    files: Mapping[str, bytes]


# -- handing over


def of_app(envelope: bytes, files: Mapping[str, bytes]) -> bytes:
    """The parcel of a form that an app sealed."""
    return _packed({ENVELOPE: envelope, **files})


def of_browser(envelope: answers.Envelope, version: str, files: Mapping[str, bytes]) -> bytes:
    """The parcel of a form that a browser sealed; ``version`` is the id of the version that it was bound to."""
    names = [envelope.sealed_file, *envelope.media]
    head = {
        "kind": packages.KIND, "device": attribute(envelope.root, "device"), "version": version, "instance": envelope.instance_id,
        "key": attribute(envelope.root, "key"), "parts": len(names), "wrapped": envelope.sealed_key,
    }  # fmt: skip
    parts = [base64.b64encode(files[name]).decode() for name in names]
    whole = {"kind": packages.KIND, "packages": [{"head": head, "parts": parts}]}
    return _packed({PACKAGE: json.dumps(whole).encode()})


def is_of_browser(envelope: answers.Envelope) -> bool:
    """Whether a browser of ours sealed it, and not an app."""
    return attribute(envelope.root, "kind") == packages.KIND


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as parcel:
        for name, content in files.items():
            parcel.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


# -- opening


def key_of_pem(pem: bytes) -> bytes:
    """The private key of a file, as the opening takes it; raises WillNotOpen."""
    try:
        held = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError):
        raise WillNotOpen("this is no private key") from None
    if not isinstance(held, rsa.RSAPrivateKey):
        raise WillNotOpen("this is no private key of forms")
    return held.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def opened(content: bytes, private: bytes) -> Iterator[Opened]:
    """The forms of a parcel, or of a file that a browser wrote; raises WillNotOpen."""
    files = _unpacked(content) if zipfile.is_zipfile(io.BytesIO(content)) else {PACKAGE: content}
    try:
        if PACKAGE in files:
            for head, parts in packages.of_file(files[PACKAGE]):
                yield Opened(head.instance, *packages.opened(head, parts, private))
        else:
            yield _of_app(files, private)
    except packages.WillNotOpen as fault:
        raise WillNotOpen(f"it does not open: {fault.code}") from None
    except (sealedforms.WillNotOpen, Unreadable, KeyError):
        raise WillNotOpen("it does not open: another key, or a file is missing or was changed") from None


def _of_app(files: Mapping[str, bytes], private: bytes) -> Opened:
    """Files were sealed one after the other: pictures first, answers last."""
    envelope = answers.envelope_of(tree_of(files[ENVELOPE]))
    key = sealedforms.key_of(envelope.sealed_key, private)
    starts = sealedforms.starts(envelope.instance_id, key)
    names = (*envelope.media, envelope.sealed_file)
    plain = {name: sealedforms.unsealed(files[name], key, next(starts)) for name in names}
    xml = plain.pop(envelope.sealed_file)
    return Opened(envelope.instance_id, xml, {_bare(name): each for name, each in plain.items()})


def _bare(name: str) -> str:
    """A file's name without the way to it and without the mark of being sealed."""
    return PurePosixPath(name.replace("\\", "/")).name.removesuffix(_ENDING) or "file"


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            if sum(each.file_size for each in parcel.infolist()) > _LARGEST:
                raise WillNotOpen("it is too large")
            return {each.filename: parcel.read(each) for each in parcel.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise WillNotOpen("this is no parcel") from None
