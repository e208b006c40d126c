from django.apps import AppConfig


class SealedRoomConfig(AppConfig):
    name = "sealedroom"
    label = "sealedroom"

    def ready(self) -> None:
        from sealedroom import register, rules  # noqa: F401 - its verbs join the policy's, its records the desk's
