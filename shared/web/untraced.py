"""Requests of which no trace may say when they came: not the request, and none of its statements either."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from opentelemetry.util.http import parse_excluded_urls

from shared import telemetry

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Untraced:
    """Goes before an application: where no record may say when, the statements of a request leave no trace either."""

    def __init__(self, application: "WSGIApplication", excluded: str) -> None:
        """Take the application, and patterns of the paths as the Flask instrumentation takes them."""
        self._application, self._excluded = application, parse_excluded_urls(excluded)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer; the whole body, for what is excluded is short."""
        if not self._excluded.url_disabled(environ["PATH_INFO"]):
            return self._application(environ, start_response)
        with telemetry.untraced():
            return self._application(environ, start_response)
