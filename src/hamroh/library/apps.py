from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "hamroh.library"
    label = "library"

    def ready(self) -> None:
        from hamroh.library import rules  # noqa: F401 - its verbs join the others'
