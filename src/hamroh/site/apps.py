from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hamroh.site"
    label = "site"
