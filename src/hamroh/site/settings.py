"""All settings. None needs a variable: an empty machine gets a demo home on SQLite."""

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hamroh.site.home import DEMO, PRODUCTION, Home

HOME = Home.from_environment()
MODE = HOME.mode
TESTING = "pytest" in sys.modules
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = HOME.key("cookies").hex()
HOSTS = os.environ.get("HAMROH_HOSTS", ",".join([*HOME.told.get("hosts", ()), "127.0.0.1", "localhost", "[::1]"]))
#: the test runner adds its own
ALLOWED_HOSTS = [host for host in HOSTS.split(",") if host]
PUBLIC_URL = os.environ.get("HAMROH_URL") or HOME.told.get("url", "http://127.0.0.1:8000")
IS_DEMO = MODE == DEMO
USE_X_FORWARDED_HOST = False
#: a production home is served on loopback behind one proxy, which tells who asks
BEHIND_PROXY = MODE == PRODUCTION
#: bytes of a request's body; more is refused before any of it is read
BODY_MAX = 48 * 2**20

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "hamroh.web",
    "hamroh.vault",
    "hamroh.accounts",
    "hamroh.search",
    "hamroh.thesaurus",
    "hamroh.directory",
    "hamroh.library",
    "hamroh.archive",
    "hamroh.pages",
    "hamroh.cases",
    "hamroh.evidence",
    "hamroh.groups",
    "hamroh.tracing",
    "hamroh.fieldwork",
    "hamroh.emergencies",
    "hamroh.training",
    "hamroh.statistics",
    "hamroh.projects",
    "hamroh.bulletins",
    "hamroh.site",
    # after the rooms, whose texts and templates win over theirs
    "hamroh.pages.wording",
    "wagtail",
    "wagtail.admin",
    "wagtail.users",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "rest_framework",
    *(["sealedroom"] if TESTING else []),
]

MIDDLEWARE = [
    "hamroh.web.timing.Timing",
    "hamroh.web.middleware.SecurityHeaders",
    "hamroh.web.middleware.BodyLimit",
    "hamroh.web.middleware.ProgramsOverTls",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hamroh.web.middleware.FormProtection",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hamroh.vault.middleware.Openings",
    "hamroh.vault.shut.SealedAreas",
    "allauth.account.middleware.AccountMiddleware",
    "hamroh.accounts.middleware.Threshold",
    "hamroh.accounts.scope.Scope",
    "hamroh.accounts.unlocking.OwnKey",
    "hamroh.pages.door.EditDoor",
    "hamroh.pages.moved.Moved",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "hamroh.site.urls"
WSGI_APPLICATION = "hamroh.site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hamroh.site.desk.menu",
                "hamroh.web.context.shell",
                "hamroh.accounts.context.shell",
                "hamroh.site.doors.shell",
            ],
        },
    }
]


def _sqlite() -> dict[str, Any]:
    """SQLite below 3.51.3 can corrupt a write-ahead log, so it keeps a rollback journal there."""
    safe_wal = sqlite3.sqlite_version_info >= (3, 51, 3)
    journal = (
        "journal_mode=WAL; PRAGMA synchronous=FULL" if safe_wal else "journal_mode=DELETE; PRAGMA synchronous=EXTRA"
    )
    pragmas = "synchronous=OFF; PRAGMA journal_mode=MEMORY" if TESTING else journal
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.database,
        "OPTIONS": {
            "init_command": f"PRAGMA {pragmas}; PRAGMA cache_size=-32000; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
        "TEST": {"NAME": HOME.path / f"test-{os.getpid()}.sqlite3"},
    }


def _postgres(url: str) -> dict[str, Any]:
    """Beyond this machine the connection is encrypted and the server's certificate checked, unless the address says otherwise."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    # a pool between lends a session of the leader for one request, and drops what a session is told at its start
    pooled = asked.pop("pooled", "") == "1"
    here = parts.hostname in (None, "localhost", "127.0.0.1", "::1")
    checked = {} if here or "sslmode" in asked else {"sslmode": "verify-full", "sslrootcert": "system"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 0 if pooled else 60,
        # after another node came to lead, a request begins on a session that lives
        "CONN_HEALTH_CHECKS": True,
        "POOLED": pooled,
        # commands and the worker act for the installation; the web shuts its connections (accounts.rowsecurity)
        "OPTIONS": {"options": "-c hamroh.organisations=*", **checked, **asked},
    }


DATABASE_URL = os.environ.get("HAMROH_DATABASE", "")
DATABASES = {"default": _postgres(DATABASE_URL) if DATABASE_URL else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "hamroh.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hamroh.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 15}},
    {"NAME": "hamroh.accounts.passwords.NotUsual"},
    {"NAME": "hamroh.accounts.passwords.NotEasilyGuessed"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hamroh.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "hamroh.accounts.seeds.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_DIGITS = 10
#: a clock that is half a minute off still shows codes that fit; each step is good for once
MFA_TOTP_TOLERANCE = 1

LANGUAGES = [("en", "English"), ("az", "Azərbaycanca"), ("ru", "Русский"), ("tg", "Тоҷикӣ")]
LANGUAGE_CODE = "en"
USE_I18N = True
#: words of the editors' tool that its scripts say; its own catalogues have none in Azerbaijani and Tajik
LOCALE_PATHS = [PACKAGE / "pages" / "wording" / "scripts"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

#: Where *Exit this page* leads: a weather page that needs no sign-in and shows everybody the same.
EXIT_TARGETS: dict[str, str] = {
    "en": "https://www.bbc.com/weather",
    "az": "https://meteo.az/",
    "ru": "https://meteoinfo.ru/",
    "tg": "https://meteo.tj/",
}
#: A mail relay as ``host:port``; without it, links for new passwords are handed over by an administrator.
EMAIL_HOST, _separator, _port = os.environ.get("HAMROH_MAIL", "").partition(":")
EMAIL_HOST_SET = bool(EMAIL_HOST)
EMAIL_PORT = int(_port or 25)
# letters carry links that open an account: beyond this machine they travel encrypted
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_HOST not in ("", "localhost", "127.0.0.1", "::1")
#: seconds that a page waits for the relay
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("HAMROH_MAIL_FROM", "no-reply@localhost")
#: Shown on the contact page; nothing is shown when it is empty.
CONTACT_EMAIL = os.environ.get("HAMROH_CONTACT", "")

STATIC_URL = "/static/"
STATIC_ROOT = HOME.path / "static"
STORAGES = {
    "default": {"BACKEND": "hamroh.web.room.WholeFiles", "OPTIONS": {"location": HOME.path / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_MAX_AGE = 31_536_000

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"
    }
}

#: Heads of the journal, outside the database; best on another disk or host, or append-only (``chattr +a``).
JOURNAL_HEADS = Path(os.environ.get("HAMROH_ANCHORS") or HOME.path / "anchors" / "journal.heads")

#: What ``hamroh doctor`` asks: plain functions of rooms that hand over findings (``hamroh.web.findings``).
DOCTOR_CHECKS = (
    *("hamroh.site.doctor.installation." + name for name in ("mode", "debug", "keys", "permissions", "environment")),
    *("hamroh.site.doctor.installation." + name for name in ("address", "deployment", "clock", "disk", "leftovers")),
    *("hamroh.site.doctor.records." + name for name in ("database", "migrations", "journal", "backups")),
    "hamroh.site.doctor.pooling.sessions",
    "hamroh.vault.findings.due_records",
    "hamroh.site.doctor.records.old_copies",
    *("hamroh.site.doctor.upkeep." + name for name in ("daily_work", "what_it_found")),
    *("hamroh.accounts.findings." + name for name in ("second_factors", "own_keys", "recovery_papers", "row_security")),
    "hamroh.evidence.findings.frozen_editions",
)

#: What a drill opens: functions that say how many sealed values of a sample open, ``{"opened", "refused", "says"}``.
DRILL_SAMPLES = ("hamroh.vault.samples.open_sample",)

#: What the public index is filled from when it is written anew.
SEARCH_PRODUCERS = (
    "hamroh.directory.selectors.search_documents",
    "hamroh.thesaurus.selectors.search_documents",
    "hamroh.evidence.selectors.search_documents",
    "hamroh.library.selectors.search_documents",
    "hamroh.archive.selectors.search_documents",
    "hamroh.pages.selectors.search_documents",
    "hamroh.training.selectors.search_documents",
    "hamroh.projects.selectors.search_documents",
    "hamroh.bulletins.selectors.search_documents",
)

#: Whether other centres may be harvested at addresses of this machine and its network; in earnest never.
HARVEST_NEAR = IS_DEMO or TESTING

#: What harvesters are offered, in this order: shelves of rooms (``hamroh.web.oai``).
OAI_PRODUCERS = ("hamroh.library.selectors.oai.SHELF", "hamroh.archive.selectors.oai.SHELF")

#: Modules by which rooms tell what they use of the thesaurus; see ``hamroh.thesaurus.usage``.
CONCEPT_USERS = (
    "hamroh.directory.actions.concept_users",
    "hamroh.library.actions.concept_users",
    "hamroh.archive.actions.concept_users",
)

#: How pages of editors show published figures by their codes; see ``hamroh.pages.figures``.
FIGURES_ON_PAGES = "hamroh.evidence.onpages.shown_figures"

#: What the site map lists: functions of rooms that hand over their public pages (``hamroh.web.sitemap``).
SITEMAP_PRODUCERS = (
    "hamroh.site.sitemap.own_pages",
    "hamroh.site.sitemap.indexed_pages",
    "hamroh.pages.selectors.public_pages",
)

#: Wagtail, for what editors write at ``/edit/`` and nothing else: our sign-in, our people, no letters, nothing from elsewhere
WAGTAIL_SITE_NAME = "Hamroh"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/sign-in/"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "hamroh.pages.approving.publish_approved"
TAGGIT_CASE_INSENSITIVE = True
#: One migration makes Wagtail's tables as they are: its own hundred and thirty took a minute of every first start.
MIGRATION_MODULES = {
    name: f"hamroh.pages.migrations.{name}" for name in ("wagtailcore", "wagtailadmin", "wagtailusers", "taggit")
}

SESSION_ENGINE = "hamroh.accounts.sessions"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hamroh.web.views.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
#: what is sent lies in memory until it is sealed, never in a temporary file
FILE_UPLOAD_MAX_MEMORY_SIZE = BODY_MAX
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

#: our FormProtection is a kind of the middleware that this check looks for by its name
SILENCED_SYSTEM_CHECKS = ["security.W003"]

if MODE == PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # who asks these is a program on this machine, which follows no redirect
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_SECURE = True
    LANGUAGE_COOKIE_NAME = "__Host-lang"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "hamroh.web.logs.WithoutData", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "security": {"()": "hamroh.web.logs.Security"},
        "fault": {"()": "hamroh.web.logs.Fault"},
    },
    "filters": {
        "not_to_a_terminal": {
            "()": "django.utils.log.CallbackFilter",
            "callback": "ext://hamroh.web.logs.not_to_a_terminal",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "fault": {"class": "logging.StreamHandler", "formatter": "fault"},
        "security": {
            "class": "logging.StreamHandler",
            "formatter": "security",
            "filters": ["not_to_a_terminal"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "hamroh.security": {"handlers": ["security"], "level": "INFO", "propagate": False},
        "hamroh.faults": {"handlers": ["fault"], "level": "ERROR", "propagate": False},
    },
}
