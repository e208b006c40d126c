from django.apps import AppConfig


class SealedRoomConfig(AppConfig):
    name = "sealedroom"
    label = "sealedroom"
