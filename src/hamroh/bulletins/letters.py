"""Letters: an issue as e-mail in the reader's language, plain and drawn; a question whether she wants it. Nothing in them tells that she read."""

import email.message
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hamroh.accounts.models import Organisation
from hamroh.bulletins.models import Issue, Letter, LetterKind
from hamroh.bulletins.pictures import as_jpeg, as_png, contents
from hamroh.bulletins.telling import Part, Told, told
from hamroh.bulletins.tokens import confirm_link, leave_link
from hamroh.evidence.charts import alone
from hamroh.web.texts import LANGUAGES, pick

#: what a letter's pictures weigh together: with its words it stays under 100 KB, beyond which readers' programs cut letters off
PICTURES_WEIGH = 36_000
#: of each section so much is told; the rest is on the web
LONGEST = 420


@dataclass
class Drawn:
    """A picture within a letter."""

    cid: str
    content: bytes
    kind: str
    alt: str


@dataclass
class Piece:
    """A section as a letter tells it."""

    part: Part
    words: str
    is_whole: bool
    drawn: Drawn | None = None


@dataclass
class Composed:
    """A letter before it has a reader."""

    subject: str
    plain: str
    html: str
    drawn: Sequence[Drawn] = field(default_factory=tuple)


class _Written(email.message.EmailMessage):
    """The message as Django's relay asks for it."""

    def as_bytes(self, unixfrom: bool = False, policy: Any = None, linesep: str = "\r\n") -> bytes:
        return super().as_bytes(unixfrom, policy=(policy or email.policy.SMTP).clone(linesep=linesep))


class Ready(EmailMessage):
    """A letter that is written already; the relay takes it as it is."""

    def __init__(self, written: _Written, to: str) -> None:
        super().__init__(from_email=settings.DEFAULT_FROM_EMAIL, to=[to])
        self._written = written

    def message(self, *, policy: Any = None) -> Any:  # noqa: ARG002 - the face of Django's letter
        return self._written


def letter_to(row: Letter, address: str) -> Ready:
    """The letter of a row of the queue, with what may be told at this moment."""
    lang = row.reader.lang if row.reader.lang in LANGUAGES else "en"
    house, leave = row.reader.organisation, leave_link(row.reader_id, lang)
    with translation.override(lang):
        if row.kind == LetterKind.ISSUE and row.issue:
            made = issue_letter(row.issue, lang, leave)
        else:
            made = question(
                house, lang, confirm_link(row.reader_id, lang) if row.kind == LetterKind.CONFIRM else "", leave
            )
    return Ready(written(made, house, address, lang, leave=leave, ident=row.pk.hex), address)


def written(made: Composed, house: Organisation, address: str, lang: str, *, leave: str, ident: str) -> _Written:
    """A letter as it travels. Its Message-ID is that of its row, so that one that is sent twice by hand is known as the same."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    name, _at, domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")
    found = _Written(policy=email.policy.SMTP)
    found["Subject"] = made.subject
    found["From"] = Address(str(pick(house.names, lang)), name or "no-reply", domain)
    found["To"] = address
    found["Date"] = format_datetime(timezone.now())
    found["Message-ID"] = f"<{ident}@{host}>"
    found["List-Id"] = f"<bulletin.{house.code}.{host}>"
    found["List-Unsubscribe"] = f"<{leave}>"
    found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    found["Auto-Submitted"] = "auto-generated"
    found.set_content(made.plain, cte="base64" if not made.plain.isascii() else "quoted-printable")
    found.add_alternative(made.html, subtype="html", cte="base64" if not made.html.isascii() else "quoted-printable")
    html: Any = found.get_payload()[1]  # type: ignore[index]
    for each in made.drawn:
        html.add_related(
            each.content,
            "image",
            each.kind,
            cid=f"<{each.cid}>",
            disposition="inline",
            filename=f"{each.cid}.{each.kind}",
        )
    found["Content-Language"] = lang  # after its parts: what is set before moves into the first of them
    return found


def issue_letter(issue: Issue, lang: str, leave: str) -> Composed:
    """An issue: its figures, the beginning of each section, and where to read on."""
    said = told(issue, lang)
    pieces = [_piece(part) for part in said.parts if not part.is_band]
    _draw(pieces)
    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('bulletins-public:issue', kwargs={'code': issue.code})}"
    context = {"told": said, "pieces": pieces, "address": address, "leave": leave, "lang": lang}
    return Composed(
        subject=_subject(said), plain=render_to_string("bulletins/letter.txt", context).strip() + "\n",
        html=render_to_string("bulletins/letter.html", context), drawn=[each.drawn for each in pieces if each.drawn],
    )  # fmt: skip


def _subject(said: Told) -> str:
    return " ".join(f"{said.title} ({said.period})".split())


def _piece(part: Part) -> Piece:
    whole = part.kind in ("donors", "contacts")
    words = "\n".join(part.paragraphs) if whole else part.paragraphs[0] if part.paragraphs else ""
    if len(words) > LONGEST and not whole:
        words = words[:LONGEST].rpartition(" ")[0] + " …"
    return Piece(part, words, is_whole=len(part.paragraphs) < 2 and words == "".join(part.paragraphs))


def _draw(pieces: list[Piece]) -> None:
    """Charts first, then pictures, while they weigh little enough; what is left out has its table, or its words, all the same."""
    room = PICTURES_WEIGH
    files = contents((each.part.picture.code for each in pieces if each.part.picture), "small")
    for number, each in enumerate(sorted(pieces, key=lambda piece: piece.part.chart is None)):
        drawn = _drawn(each.part, files, number)
        if drawn and len(drawn.content) <= room:
            each.drawn, room = drawn, room - len(drawn.content)


def _drawn(part: Part, files: Any, number: int) -> Drawn | None:
    if part.chart and part.chart.is_drawn:
        return Drawn(f"chart{number}", as_png(alone(part.chart.drawn)), "png", part.chart.title)
    if part.picture and part.picture.code in files:
        return Drawn(f"picture{number}", as_jpeg(files[part.picture.code], 440, 62), "jpeg", part.picture.alt)
    return None


def question(house: Organisation, lang: str, confirm: str, leave: str) -> Composed:
    """Do you want it? Or, for who gets it already, that somebody asked once more."""
    context = {"house": str(pick(house.names, lang)), "confirm": confirm, "leave": leave, "lang": lang}
    subject = _("Do you want our bulletin?") if confirm else _("You get our bulletin already")
    return Composed(
        subject=f"{context['house']}: {subject}", plain=render_to_string("bulletins/question.txt", context).strip() + "\n",
        html=render_to_string("bulletins/question.html", context),
    )  # fmt: skip
