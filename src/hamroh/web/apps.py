from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hamroh.web"
    label = "web"
