"""What a supervisor asks: is the process alive, and can it answer people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@never_cache
@require_GET
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_GET
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The database answers and knows the entries; 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM directory_adminunit LIMIT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
