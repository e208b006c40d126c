from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "hamroh.archive"
    label = "archive"

    def ready(self) -> None:
        from hamroh.archive import rules  # noqa: F401 - its verbs join the others'
