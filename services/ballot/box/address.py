"""The address that users see, of the application at hand."""

import flask

from services.ballot.box.rules import is_secure
from shared.config import Config


def base_url() -> str:
    """Give the address."""
    config: Config = flask.current_app.extensions["shanguang"]
    return config.base_url


def secure() -> bool:
    """Say whether a browser lets pages of it encrypt."""
    return is_secure(base_url())
