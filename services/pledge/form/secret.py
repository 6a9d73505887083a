"""What tokens are proved with."""

from flask import current_app

from shared.config import Config


def secret() -> str:
    """Give the service's own secret."""
    config: Config = current_app.extensions["shanguang"]
    return config.secret_key
