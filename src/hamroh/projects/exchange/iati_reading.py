"""Somebody else's file of activities, read in a process of its own (``python -m hamroh.projects.exchange.iati_reading``), without Django.

A file from outside may be made to eat the machine: the process is held to so much memory and time. What it read comes out as one line
of JSON, with what is wrong with each activity.
"""

import datetime as dt
import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from hamroh.kernel.iati import Known, misbuilt
from hamroh.kernel.iati.ours import broken
from hamroh.kernel.iati.reading import LARGEST, Unreadable, tree_of
from hamroh.kernel.iati.taking import taken

#: of memory (bytes), of the processor and of the clock (seconds); of activities in a file
MEMORY, SECONDS, WAIT, MOST = 1024 * 2**20, 40, 60, 1_000


@dataclass(frozen=True)
class Read:
    """What a file says, or why it was not opened. Each activity holds ``told``, ``rules`` it breaks and parts that are ``misbuilt``."""

    digest: str
    fault: str = ""
    activities: list[dict[str, Any]] = field(default_factory=list)


def read(content: bytes) -> Read:
    """Read a file; whatever it is, this returns."""
    digest = hashlib.sha256(content).hexdigest()
    if len(content) > LARGEST:
        return Read(digest, "large")
    command = [sys.executable, "-m", "hamroh.projects.exchange.iati_reading"]
    environment = {"PYTHONPATH": ":".join(part for part in sys.path if part), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, input=content, capture_output=True, timeout=WAIT, check=False, env=environment
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Read(digest, "slow")
    except ValueError:
        return Read(digest, "broken")
    return Read(digest, said.get("fault", ""), said.get("activities", []))


def said_of(content: bytes) -> dict[str, Any]:
    """What the process says of a file."""
    root = tree_of(content)
    nodes = root.findall("iati-activity")
    if not nodes:
        raise Unreadable("root")
    if len(nodes) > MOST:
        raise Unreadable("large")
    rules: dict[Any, list[str]] = defaultdict(list)
    node: Any
    for told, node in broken(root, Known(now=dt.datetime.now(dt.UTC))):
        at = next((each for each in (node, *node.iterancestors()) if each.tag == "iati-activity"), None)
        rules[at].append(told.id)
    built: dict[str, list[str]] = defaultdict(list)
    for each in misbuilt(root):
        built["/".join(each.path.split("/")[:3])].append(f"{each.code} {each.name}")
    lang = root.get("{http://www.w3.org/XML/1998/namespace}lang") or "en"
    return {
        "activities": [
            {
                "told": taken(node, lang),
                "rules": list(dict.fromkeys(rules[node])),
                "misbuilt": list(dict.fromkeys(built[f"/iati-activities/iati-activity[{at}]"]))[:20],
            }
            for at, node in enumerate(nodes, 1)
        ]
    }


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to its pipe only


def main() -> None:
    """Say what the file holds that comes in, or why it was not opened."""
    content = sys.stdin.buffer.read(LARGEST + 1)
    _limit()
    try:
        said = said_of(content)
    except Unreadable as fault:
        said = {"fault": fault.code}
    except MemoryError:
        said = {"fault": "deep"}
    except Exception:  # noqa: BLE001 - whatever a hostile file does to its reader, it cannot be read
        said = {"fault": "broken"}
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
