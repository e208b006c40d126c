"""Somebody who writes one form after the other to a running service, and what must be there afterwards."""

import http.client
import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from html import unescape
from pathlib import Path
from typing import Any

from service import Service, hamroh, surroundings

READY = """
import json, django
django.setup()
from django.test import Client
from hamroh.accounts.models import Membership, Organisation, Role, User
centre = Organisation.objects.create(code="centre", names={"en": "Centre"}, country="tj")
zarina = User.objects.create_user("zarina", "a long walk to the river", display_name="Zarina")
Membership.objects.create(user=zarina, organisation=centre, role=Role.EDITOR)
client = Client(HTTP_HOST="127.0.0.1")
client.force_login(zarina)
page = client.get("/desk/directory/new/")
assert page.status_code == 200, page.status_code
print(json.dumps({"cookies": {name: each.value for name, each in client.cookies.items()}, "page": page.content.decode()}))
"""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


class Writer(threading.Thread):
    """Somebody who sends one form after the other, each again and again until it is acknowledged."""

    def __init__(self, service: Service, ready: dict[str, Any], number: int) -> None:
        super().__init__(daemon=True)
        self.service, self.ready, self.number = service, ready, number
        self.acknowledged: dict[str, str] = {}
        self.sent: list[str] = []
        self.refused: list[str] = []
        self.retries = 0
        #: why a form was sent again
        self.why: list[str] = []
        self.stop = threading.Event()
        self.opener = urllib.request.build_opener(NoRedirect)

    def run(self) -> None:
        while not self.stop.is_set() and not self.refused:
            name = f"Kept {self.number}-{len(self.sent)}"
            self.sent.append(name)
            self.acknowledged[name] = self.until_acknowledged(self.form(name))

    def form(self, name: str) -> bytes:
        own = {"names_en": name, "kind": "registered_ngo", "form_key": uuid.uuid4().hex}
        kept = [(field, value) for field, value in self.ready["form"] if field not in own]
        return urllib.parse.urlencode([*kept, *own.items()]).encode()

    def until_acknowledged(self, body: bytes) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.ready["cookies"].items())
        address = f"http://127.0.0.1:{self.service.port}/desk/directory/new/"
        while True:
            asked = urllib.request.Request(address, body, {"Cookie": cookies})
            try:
                with self.opener.open(asked, timeout=30) as answer:
                    raise AssertionError(f"the form came back: {answer.status}")
            except urllib.error.HTTPError as answer:
                if answer.code == 302:
                    return str(answer.headers["Location"])
                if answer.code < 500:
                    self.refused.append(f"{answer.code}: {' '.join(answer.read().decode().split())[-3000:]}")
                    return ""
                self.why.append(str(answer.code))
            except (OSError, http.client.HTTPException) as broken:
                self.why.append(repr(broken))
            self.retries += 1
            time.sleep(0.02)


def fields(page: str) -> list[tuple[str, str]]:
    """What a browser sends back of the empty form."""
    form = page[page.rindex("<form", 0, page.index('name="form_key"')) :].partition("</form>")[0]
    told: list[tuple[str, str]] = []
    for tag in re.findall(r"<input[^>]*>", form):
        each = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if each.get("type") not in ("checkbox", "radio") or " checked" in tag:
            told.append((each["name"], unescape(each.get("value", ""))))
    told += [(name, "") for name in re.findall(r'<textarea name="([^"]+)"', form)]
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?', body)
        told += [(name, value) for value, selected in options if selected] or [(name, options[0][0])]
    return told


def get_ready(home: Path) -> dict[str, Any]:
    """Zarina, signed in, with an empty form before her."""
    command = [sys.executable, "-c", READY]
    done = subprocess.run(command, env=surroundings(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    return told | {"form": fields(told["page"])}


def check(home: Path, writers: list[Writer]) -> None:
    acknowledged = {name: where for writer in writers for name, where in writer.acknowledged.items()}
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        rows = database.execute("SELECT json_extract(names, '$.en'), code FROM directory_party").fetchall()
        lines = database.execute(
            "SELECT count(*) FROM vault_journalline WHERE verb = 'directory.create_party'"
        ).fetchone()
    stored = dict(rows)
    assert [refused for writer in writers for refused in writer.refused] == []
    assert len(acknowledged) > len(writers)
    assert len(rows) == len(stored) == lines[0]
    assert {name: code in acknowledged[name] for name, code in stored.items()} == dict.fromkeys(acknowledged, True)
    verified = subprocess.run(
        hamroh(home, "verify-journal", "--seal"), env=surroundings(home), capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout
