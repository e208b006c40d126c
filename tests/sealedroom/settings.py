"""An installation with the sealed room, for processes that tests start and kill: real durability, no test shortcuts."""

from hamroh.site.settings import *  # noqa: F403
from hamroh.site.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*(app for app in _APPS if app != "sealedroom"), "sealedroom"]

ROOT_URLCONF = "sealedroom.urls"
