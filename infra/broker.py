"""The accounts of the broker, the same on a laptop and in containers: one of our own, one for other systems.

The broker reads them at every start, so that a system of before this account was made has it after the next.
"""

import base64
import hashlib
import json
import secrets

VHOST = "shanguang"
USER = "shanguang"
"""Of the services, the seats and the operator's tools: it may do everything."""
INTEGRATOR = "integrator"
"""Of other systems of the university: it hears what is public, in queues of its own, and tells nobody anything."""
OWN = r"^(public\.|amq\.gen-)"
"""Queues of other systems: named `public.…`, or by the broker."""
HEARD = rf"{OWN}|^shanguang\.public$"


def definitions(own: str, public: str) -> str:
    """Write users, rights and virtual host as the broker loads them; takes the passwords of the two accounts."""
    whole = {
        "users": [
            {"name": USER, "tags": "administrator", **_sealed(own)},
            {"name": INTEGRATOR, "tags": "", **_sealed(public)},
        ],
        "vhosts": [{"name": VHOST}],
        "permissions": [
            {"user": USER, "vhost": VHOST, "configure": ".*", "write": ".*", "read": ".*"},
            {"user": INTEGRATOR, "vhost": VHOST, "configure": OWN, "write": OWN, "read": HEARD},
        ],
    }
    return json.dumps(whole, indent=1) + "\n"


def url(user: str, password: str, host: str) -> str:
    """Give the address of the broker for an account; `host` with its port."""
    return f"amqp://{user}:{password}@{host}/{VHOST}"


def _sealed(password: str) -> dict[str, str]:
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {
        "password_hash": base64.b64encode(salt + digest).decode("ascii"),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
    }
