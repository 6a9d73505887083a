"""A test's browser: what Flask's client is, with answers whose JSON a test reads as it knows it to be."""

from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Answer(TestResponse):
    """An answer to a test, which knows what the body holds; if there is no JSON in it, reading it fails the test."""

    @property
    def json(self) -> Any:
        """Give what the body holds."""
        return self.get_json()


class Client(FlaskClient):
    """A client whose answers are `Answer`s."""

    def __init__(self, application: Flask) -> None:
        """Take the application."""
        super().__init__(application, Answer, use_cookies=True)

    def open(self, *args: Any, **more: Any) -> Answer:
        """Send a request."""
        return cast(Answer, super().open(*args, **more))

    def get(self, *args: Any, **more: Any) -> Answer:
        """Send a GET request."""
        return self.open(*args, method="GET", **more)

    def post(self, *args: Any, **more: Any) -> Answer:
        """Send a POST request."""
        return self.open(*args, method="POST", **more)

    def put(self, *args: Any, **more: Any) -> Answer:
        """Send a PUT request."""
        return self.open(*args, method="PUT", **more)

    def patch(self, *args: Any, **more: Any) -> Answer:
        """Send a PATCH request."""
        return self.open(*args, method="PATCH", **more)

    def delete(self, *args: Any, **more: Any) -> Answer:
        """Send a DELETE request."""
        return self.open(*args, method="DELETE", **more)
