from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "hamroh.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        from hamroh.bulletins import rules  # noqa: F401 - its verbs join the others'
