"""Readers and letters, against a relay that speaks the protocol: twice asked, once sent, gone when they leave."""

import email
import email.policy
import re
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from bulletins_world import ADDRESS, article, begun, out, picture, reader, with_story
from desk_world import at
from hamroh.bulletins import actions
from hamroh.bulletins.models import Issue, Letter, Reader
from hamroh.bulletins.tokens import confirm_link, leave_link


class Relay(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a relay needs; ``answers`` say what it does with what comes."""

    def handle(self) -> None:
        self.say("220 relay")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                if not self.data():
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say(self.server.answers.get(verb, "250 ok"))

    def data(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.came.append(b"".join(lines))
        if self.server.answers.get("AFTER") == "hang up":
            return False
        self.say(self.server.answers.get("AFTER", "250 taken"))
        return True

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def relay(settings: Any) -> Iterator[Any]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Relay)
    server.came, server.answers, server.daemon_threads = [], {}, True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_SET = "127.0.0.1", server.server_address[1], True
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def issue(press) -> Issue:
    row = begun(press)
    rows = [
        {"names": {"en": "women", "tg": "зан"}, "number": 450, "at_least": True},
        {"names": {"en": "men", "tg": "мард"}, "number": 60},
    ]
    article(press, row, source="Newsletter, line 98", figures={"look": "bars", "unit": {"en": "people"}, "rows": rows})
    article(press, row, "With a picture", picture=picture(press))
    with_story(press, row)
    return out(press, row)


def sent_to(press: Any, issue: Issue) -> int:
    actions.send_issue(actor=press.lola, issue=issue)
    return actions.send_due()


def asked(press: Any, address: str = ADDRESS) -> str:
    actions.ask_for_it(organisation=press.house, address=address, lang="en")
    return ADDRESS


def test_it_sends_a_letter_that_a_mail_program_reads(press, issue, relay) -> None:
    """By the real protocol, read by a strict parser: plain and drawn, light, each picture with its words, nothing from elsewhere."""
    reader(press, lang="tg")
    assert sent_to(press, issue) == 1
    raw = relay.came[0]
    found: Any = email.message_from_bytes(raw, policy=email.policy.strict)
    assert len(raw) < 100_000
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "image/jpeg",
    ]  # fmt: skip
    html = found.get_body(("html",)).get_content()
    assert re.findall(r"<img(?![^>]*alt=\"[^\"]+\")", html) == []
    assert re.findall(r"src=\"(?!cid:)", html) == []
    assert "<script" not in html
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (found["Content-Language"], bool(found["Date"]), bool(found["Message-ID"])) == ("tg", True, True)
    assert "450+" in found.get_body(("plain",)).get_content()


def test_it_leaves_by_the_one_click_of_a_mail_program(press, issue, relay) -> None:
    reader(press)
    sent_to(press, issue)
    found: Any = email.message_from_bytes(relay.came[0], policy=email.policy.default)
    link = found["List-Unsubscribe"].strip("<>").partition("/en/")[2]
    answer = Client(enforce_csrf_checks=True).post(
        f"/en/{link}", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, Reader.objects.count(), Letter.objects.count()) == (200, 0, 0)


def test_it_sends_an_issue_once_however_often_it_is_asked(press, issue, relay) -> None:
    reader(press)
    assert (sent_to(press, issue), sent_to(press, issue)) == (1, 0)
    issue.refresh_from_db()
    assert (len(relay.came), issue.letters_sent) == (1, 1)


def test_it_sends_no_letter_twice_after_a_worker_was_killed(press, issue, relay, time_machine, monkeypatch) -> None:
    """Killed between handing over and writing it down: nobody knows, so nothing goes by itself; a hand sends it once more."""
    for number in range(3):
        reader(press, f"reader{number}@example.org")

    def killed(_row: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as once:
        once.setattr("hamroh.bulletins.actions.sending._sent", killed)
        with pytest.raises(SystemExit):
            sent_to(press, issue)
    assert actions.send_due() == 2
    time_machine.shift(3600)
    assert actions.send_due() == 0
    assert len(relay.came) == 3
    assert Letter.objects.filter(state="doubtful").count() == 1
    actions.settle(actor=press.lola, issue=issue, again=True)
    assert actions.send_due() == 1
    first, again = (email.message_from_bytes(relay.came[at])["Message-ID"] for at in (0, 3))
    assert first == again


def test_it_takes_a_broken_line_for_doubt(press, issue, relay) -> None:
    reader(press)
    relay.answers["AFTER"] = "hang up"
    assert sent_to(press, issue) == 0
    assert Letter.objects.get().state == "doubtful"


@pytest.mark.parametrize("said", [("451 later", "queued"), ("554 never", "failed")])
def test_it_tries_again_what_is_refused_for_now_alone(press, issue, relay, time_machine, said) -> None:
    answer, state = said
    reader(press)
    relay.answers["AFTER"] = answer
    sent_to(press, issue)
    assert Letter.objects.get().state == state
    relay.answers.clear()
    time_machine.shift(600)
    assert actions.send_due() == (state == "queued")


def test_it_gives_up_after_some_tries(press, issue, relay, time_machine) -> None:
    reader(press)
    relay.answers["RCPT"] = "450 mailbox busy"
    sent_to(press, issue)
    for _try in range(8):
        time_machine.shift(2 * 86_400)
        actions.send_due()
    row = Letter.objects.get()
    assert (row.state, row.fault, row.tries) == ("failed", "450", 6)


def test_it_waits_where_no_relay_answers(press, issue, relay) -> None:
    reader(press)
    relay.shutdown()
    relay.server_close()
    assert sent_to(press, issue) == 0
    assert (Letter.objects.get().state, Letter.objects.get().tries) == ("queued", 0)


def test_it_sends_nothing_to_who_has_not_said_yes(press, issue) -> None:
    asked(press)
    actions.send_issue(actor=press.lola, issue=issue)
    assert not Letter.objects.filter(kind="issue").exists()


def test_it_says_yes_by_the_link_of_the_letter(press, issue) -> None:
    """A GET changes nothing: programs open links before people do."""
    asked(press)
    actions.send_due()
    link = "/en/" + re.search(r"http\S+/en/(\S+)", mail.outbox[0].message().get_body(("plain",)).get_content())[1]
    Client().get(link)
    assert Reader.objects.get().confirmed_date is None
    Client().post(link)
    assert Reader.objects.get().confirmed_date is not None


def test_it_forgets_who_never_says_yes(press, issue, time_machine) -> None:
    asked(press)
    link = confirm_link(Reader.objects.get().pk, "en").partition("?")[2]
    time_machine.shift(4 * 86_400)
    assert (actions.forget_unconfirmed(), Reader.objects.count()) == (1, 0)
    assert "over" in Client().post(f"/en/bulletins/readers/yes/?{link}").content.decode()


def test_it_takes_no_link_for_another_one(press, issue) -> None:
    """A link that leaves says no yes, and one that was changed does nothing."""
    asked(press)
    leave = leave_link(Reader.objects.get().pk, "en").partition("?")[2]
    Client().post(f"/en/bulletins/readers/yes/?{leave}")
    Client().post(f"/en/bulletins/readers/leave/?{leave}x")
    row = Reader.objects.get()
    assert row.confirmed_date is None


FORM = {"to": "centre", "lang": "en"}


def typed(client: Client, address: str, time_machine: Any) -> Any:
    page = client.get("/en/bulletins/readers/?go=1").content.decode()
    made = re.search(r'name="made" value="([^"]+)"', page)[1]
    time_machine.shift(5)
    return client.post("/en/bulletins/readers/", FORM | {"address": address, "made": made})


def test_it_answers_alike_whether_an_address_is_known(press, issue, time_machine) -> None:
    """The same page, and as much work: one row sealed, one letter queued."""
    reader(press)
    said = []
    for address in (ADDRESS, "unknown@example.org"):
        answer = typed(Client(), address, time_machine)
        said.append((answer.status_code, answer["Location"], answer.content))
    assert said[0] == said[1]
    assert [row.kind for row in Letter.objects.order_by("due_at")] == ["known", "confirm"]


def test_it_floods_nobody(press, issue) -> None:
    for _time in range(5):
        asked(press)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "address",
    ["a@b", "x@example.org\r\nBcc: y@example.org", "a,b@example.org", "имя@example.org", "x" * 250 + "@example.org"],
)
def test_it_takes_no_address_that_is_none(press, issue, time_machine, address: str) -> None:
    assert typed(Client(), address, time_machine).status_code == 422
    assert not Reader.objects.exists()


def test_it_keeps_no_address_that_a_dump_would_show(press, issue, relay) -> None:
    reader(press)
    sent_to(press, issue)
    held = []
    with connection.cursor() as cursor:
        # words of the public index cannot be listed; everything else is read whole
        for table in sorted(set(connection.introspection.table_names(cursor)) - {"search_tokens"}):
            cursor.execute(f'SELECT * FROM "{table}"')
            held += [table for row in cursor.fetchall() if "zwqxreader" in repr(row).lower()]
    assert held == []


def test_it_shows_the_editor_numbers_and_no_address(press, issue) -> None:
    reader(press)
    page = at(press.zarina).get("/desk/bulletins/readers/").content.decode()
    assert "zwqxreader" not in page
    assert "English" in page


def test_it_sends_no_more_to_who_bounced_three_times(press, issue) -> None:
    reader(press)
    for _time in range(3):
        actions.note_bounce(actor=press.zarina, organisation=press.house, address=ADDRESS)
    assert (actions.send_issue(actor=press.lola, issue=issue), Reader.objects.count()) == (0, 1)
