"""Where services keep what was discarded, as far as it can be reached from here, and who is at the keyboard."""

import os
import pwd
import re
from collections.abc import Iterable

PATIENCE = 10
"""Seconds to wait for a database."""
SEAT = re.compile(r"(TRUSTEE\d+)_DATABASE_URL")


def known(names: Iterable[str]) -> dict[str, str]:
    """Give the databases of services by name; one that is not named here by its own variable is left out.

    `DATABASE_URL` does not say whose it is, and a letter belongs into the database of the service that heard it.
    """
    urls = {name: os.environ.get(f"{name.upper()}_DATABASE_URL") for name in names}
    return {name: url for name, url in urls.items() if url}


def seats() -> list[str]:
    """Give the trustees' seats whose database is named here."""
    return sorted(found[1].lower() for name in os.environ if (found := SEAT.fullmatch(name)))


def operator() -> str:
    """Give the account at the operating system, and who stands behind it where sudo says so."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = str(os.getuid())
    behind = os.environ.get("SUDO_USER")
    return f"{name}（{behind}）" if behind else name
