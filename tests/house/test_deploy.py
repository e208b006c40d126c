"""What deploy/ hands to systemd and to the proxy says what the rest of the house says."""

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
from django.conf import settings
from floors import ROOT

from hamroh.site.cli import main
from hamroh.site.manager import PATIENCE

DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
SCRIPTS = sorted(DEPLOY.glob("*.sh"))
#: what every service is held to
HELD = {
    "User": "hamroh", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes", "CapabilityBoundingSet": "", "LimitCORE": "0", "MemorySwapMax": "0", "UMask": "0077",
    "IPAddressDeny": "any", "RestrictSUIDSGID": "yes", "SystemCallArchitectures": "native",
}  # fmt: skip


def told(unit: Path) -> dict[str, list[str]]:
    """Each directive of a unit with all that it is given."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def command(words: list[str]) -> click.Command:
    found: click.Command = main
    while isinstance(found, click.Group):
        found = found.commands[words.pop(0)]
    return found


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_it_holds_every_service_to_its_home(unit: Path) -> None:
    directives = told(unit)
    assert {name: directives.get(name) for name in HELD} == {name: [value] for name, value in HELD.items()}
    assert int(re.match(r"\d+", directives["MemoryMax"][0])[0]) <= 3  # type: ignore[index]
    assert [path for path in directives["ReadWritePaths"] if not path.lstrip("-").startswith(("/srv/hamroh", "/var/backups/"))] == []  # fmt: skip


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_it_gives_commands_that_there_are(unit: Path) -> None:
    words = shlex.split(told(unit)["ExecStart"][0])
    assert words[1:3] == ["-m", "hamroh.site.cli"]
    found = command(words[3:])
    options = {option for parameter in found.params for option in parameter.opts}
    assert {word for word in words[4:] if word.startswith("--")} <= options


def test_it_gives_the_web_time_to_end_what_it_began() -> None:
    web = told(DEPLOY / "systemd" / "hamroh-web.service")
    assert int(web["TimeoutStopSec"][0]) > PATIENCE
    assert web["KillMode"] == ["mixed"]


def test_it_has_a_service_for_every_timer_and_socket() -> None:
    units = {path.name for path in (DEPLOY / "systemd").iterdir()}
    starters = [name for name in units if name.endswith((".timer", ".socket"))]
    assert [name for name in starters if f"{name.rpartition('.')[0]}.service" not in units] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_it_has_scripts_that_a_shell_can_read(script: Path) -> None:
    assert subprocess.run(["sh", "-n", script], capture_output=True, check=False).stderr == b""


@pytest.mark.parametrize(
    ("name", "told"), [("nginx.conf", "client_max_body_size {}m;"), ("Caddyfile", "max_size {}MB")]
)
def test_it_lets_through_what_the_application_takes(name: str, told: str) -> None:
    assert told.format(settings.BODY_MAX // 2**20) in (DEPLOY / "proxy" / name).read_text(encoding="utf-8")


def test_it_writes_no_address_into_the_log_of_nginx() -> None:
    text = (DEPLOY / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    formats = re.findall(r"log_format \S+ '([^']*)'", text)
    logs = re.findall(r"^ *access_log (\S+)(?: (\S+))?;", text, re.MULTILINE)
    assert set(re.findall(r"\$(\w+)", formats[0])) == {
        "time_iso8601", "request_method", "status", "body_bytes_sent", "request_time",
    }  # fmt: skip
    assert {shape for place, shape in logs if place != "off"} == {"hamroh"}
    assert re.findall(r"error_log \S+ (\w+);", text) == ["crit"]


def test_it_writes_no_address_into_the_log_of_caddy() -> None:
    text = (DEPLOY / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"^\t+request delete$", text, re.MULTILINE)
    assert "exclude http.log.error" in text


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_it_shows_no_figures_of_the_installation_outside(name: str) -> None:
    assert re.search(r"/metrics[^\n]*\s*(\{ return 404; \}|\n\s*respond @private 404)", (DEPLOY / "proxy" / name).read_text(encoding="utf-8"))  # fmt: skip
