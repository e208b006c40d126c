"""Checks of settings, keys, files, environment and clock."""

import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from hamroh.site.home import DEMO, DEMO_MARK, PRODUCTION
from hamroh.web.findings import FAILING, RISKY, Finding

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_SECRET = re.compile(r"SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|PRIVATE_KEY|API_KEY")
_VOLATILE = {"tmpfs", "ramfs"}
_GIB = 2**30


def mode() -> Iterator[Finding]:
    if settings.MODE == DEMO:
        yield Finding("mode", RISKY, "this home is a demonstration", "Keep real data out; make one with hamroh init.")


def debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("debug", FAILING, "DEBUG is on: errors show code and data", "Take DEBUG out of the settings.")


def keys() -> Iterator[Finding]:
    """Keys that anybody could have: of a demonstration, too short, or not random."""
    for path in sorted(settings.HOME.folder("keys").glob("*.key")):
        content = path.read_bytes()
        if settings.MODE == PRODUCTION and content.startswith(DEMO_MARK):
            says, do = (
                f"{path.name} is a demonstration's key",
                "Make a new home with hamroh init; never copy demo keys.",
            )
            yield Finding("keys.demo", FAILING, says, do)
        elif len(content) < 32 or len(set(content)) < 8:
            yield Finding("keys.default", FAILING, f"{path.name} is no random key", "Rotate it with the key commands.")


def permissions() -> Iterator[Finding]:
    """The home, its keys and files belong to one user alone."""
    home, names = settings.HOME.path, ("keys", "files", "anchors", "tmp", "hamroh.sqlite3", "backups.json", "mode")
    keys = [path for path in (home / "keys").rglob("*") if path.is_file()]
    for path in (home, *(home / name for name in names), *keys):
        if path.exists() and (fault := _open_to_others(path)):
            level = FAILING if path == home or "keys" in path.relative_to(home).parts else RISKY
            yield Finding("permissions", level, f"{path} {fault}", f"chmod go= {path}")


def _open_to_others(path: Path) -> str:
    told = path.stat()
    if told.st_uid != os.geteuid():
        return "belongs to another user"
    return "can be read or written by others" if stat.S_IMODE(told.st_mode) & 0o077 else ""


def environment() -> Iterator[Finding]:
    """Secrets in the environment are seen by every child process and by whoever may look at this one."""
    do = "Keep it in a file of the service's user (PostgreSQL reads ~/.pgpass) or a systemd credential."
    if urlsplit(os.environ.get("HAMROH_DATABASE", "")).password:
        yield Finding("environment", FAILING, "HAMROH_DATABASE carries a password", do)
    for name in sorted(os.environ):
        ours = name.startswith(("HAMROH_", "DJANGO_")) or name == "PGPASSWORD"
        if ours and _SECRET.search(name):
            yield Finding("environment", FAILING, f"{name} is a secret in the environment", do)


def address() -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("hosts", FAILING, "every host name is answered (*)", "Name the hosts in HAMROH_HOSTS.")
    if settings.MODE == PRODUCTION and not set(settings.ALLOWED_HOSTS) - LOOPBACK:
        yield Finding(
            "hosts", RISKY, "only this machine's own names are answered", "Name the public host: HAMROH_HOSTS."
        )
    if settings.MODE == PRODUCTION and not settings.PUBLIC_URL.startswith("https://"):
        yield Finding("url", RISKY, f"the public address {settings.PUBLIC_URL} is not https", "Set HAMROH_URL.")


def deployment() -> Iterator[Finding]:
    """Django's own checks for deployment."""
    if settings.MODE != PRODUCTION:
        return
    for each in checks.run_checks(include_deployment_checks=True):
        if not each.is_silenced() and each.level >= checks.WARNING:
            yield Finding(f"django.{each.id}", FAILING, str(each.msg).split("\n")[0], str(each.hint or "See its docs."))


def clock() -> Iterator[Finding]:
    """A clock that jumped back: files or this code seem to come from the future."""
    marks = [settings.HOME.path / name for name in ("prepared.json", "backups.json", "anchors/journal.heads")]
    marks.append(Path(__file__))
    ahead = max((path.stat().st_mtime for path in marks if path.exists()), default=0) - time.time()
    if ahead > 60:
        says = f"the clock is behind: files of this home are {ahead / 60:.0f} minutes ahead of it"
        yield Finding("clock", FAILING, says, "Set the clock (timedatectl set-ntp true).")


def disk() -> Iterator[Finding]:
    home = settings.HOME.path
    free = shutil.disk_usage(home).free
    if free < _GIB:
        level = FAILING if free < _GIB // 10 else RISKY
        yield Finding("disk", level, f"{free / 2**20:.0f} MiB are free under {home}", "Make room, or move the home.")
    if (kind := _file_system(home)) in _VOLATILE:
        yield Finding("disk.kind", FAILING, f"{home} is on {kind}: gone after a restart", "Move the home to a disk.")


def _file_system(path: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    rows = (line.split()[1:3] for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines())
    inside = [(len(where), kind) for where, kind in rows if path.is_relative_to(where)]
    return max(inside, default=(0, ""))[1]


def leftovers() -> Iterator[Finding]:
    """What a killed backup or drill left in the home."""
    for name in ("backup", "drill"):
        folder = settings.HOME.path / "tmp" / name
        if folder.exists() and time.time() - folder.stat().st_mtime > 6 * 3600:
            yield Finding(
                "leftovers", RISKY, f"{folder} was left by a {name} that was killed", f"Run the {name} again."
            )
