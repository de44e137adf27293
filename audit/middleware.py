"""Give every request an identifier that its entries in the record share."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit import workflow


class RequestIdentity:
    """Set the identifier for the time of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = workflow.request_id.set(workflow.new_request_id())
        try:
            return self.get_response(request)
        finally:
            workflow.request_id.reset(token)
