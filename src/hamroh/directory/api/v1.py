"""The public API of the directory: parties, services, places and needs."""

from ninja import Router

router = Router()
