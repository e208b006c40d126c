"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamroh.site.settings")
application = get_wsgi_application()

from hamroh.accounts.rowsecurity import shut_by_default  # noqa: E402 - once the applications are there
from hamroh.site.warming import warm_beside  # noqa: E402

shut_by_default()
warm_beside()
