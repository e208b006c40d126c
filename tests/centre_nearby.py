"""Another centre for tests: a server of a few lines that answers what it is told to, and counts how it was asked."""

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HEAD = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-20T10:00:00Z</responseDate><request>x</request>'
DC = '<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
IDENTIFY = (
    "<Identify><repositoryName>Women's library</repositoryName><deletedRecord>persistent</deletedRecord>"
    "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
)
FORMATS = (
    "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
    "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>"
)


def record(key: str, title: str = "Women who stay", *, gone: bool = False, inside: str = "") -> str:
    """One record of an answer."""
    status = ' status="deleted"' if gone else ""
    told = "" if gone else f"<metadata>{DC}<dc:title>{title}</dc:title>{inside}</dc></metadata>"
    header = f"<header{status}><identifier>{key}</identifier><datestamp>2026-11-19T00:00:00Z</datestamp></header>"
    return f"<record>{header}{told}</record>"


def listed(*records: str, token: str = "") -> str:
    """An answer to ListRecords."""
    onward = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return f"<ListRecords>{''.join(records)}{onward}</ListRecords>"


def wrong(code: str) -> str:
    return f'<error code="{code}"/>'


@dataclass
class Nearby:
    """``pages`` are answers to ListRecords by token (the empty one is the first); ``answer`` may answer in its own way."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[dict[str, str]], tuple[int, dict[str, str], bytes] | None] = lambda _asked: None
    url: str = ""

    def body(self, asked: dict[str, str]) -> str:
        verb = asked.get("verb")
        inside = {"Identify": IDENTIFY, "ListMetadataFormats": FORMATS, "ListSets": wrong("noSetHierarchy")}.get(
            verb or ""
        )
        return f"{HEAD}{inside or self.pages.get(asked.get('resumptionToken', ''), wrong('noRecordsMatch'))}</OAI-PMH>"


@contextmanager
def nearby() -> Iterator[Nearby]:
    """A centre that listens on this machine while the block runs."""
    centre = Nearby()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            centre.asked.append(
                asked | {"agent": self.headers.get("User-Agent", ""), "host": self.headers.get("Host", "")}
            )
            status, headers, body = centre.answer(asked) or (
                200,
                {"Content-Encoding": "gzip"},
                gzip.compress(centre.body(asked).encode()),
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    centre.url = f"http://127.0.0.1:{server.server_port}/oai"
    try:
        yield centre
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
