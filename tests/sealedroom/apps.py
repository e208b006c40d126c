from django.apps import AppConfig


class SealedRoomConfig(AppConfig):
    name = "sealedroom"
    label = "sealedroom"

    def ready(self) -> None:
        from sealedroom import keeping, naming, register, rules  # noqa: F401 - its verbs, records and classes join the others'
