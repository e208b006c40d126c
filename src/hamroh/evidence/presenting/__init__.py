"""An edition as its readers get it: ``manifest`` gathers it in no language, ``present`` says it in one."""

from hamroh.evidence.presenting.manifest import canonical, digest, manifest
from hamroh.evidence.presenting.presenter import present

__all__ = ["canonical", "digest", "manifest", "present"]
