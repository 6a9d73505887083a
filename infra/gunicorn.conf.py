"""gunicorn's settings, the same for every service."""  # noqa: N999

import os
from typing import Any

worker_class = "gthread"
timeout = 60
graceful_timeout = 20
keepalive = 15
control_socket_disable = True
accesslog = None
"""No access log: the gateway keeps one, except where votes are received."""
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def worker_exit(_server: object, worker: Any) -> None:
    """Close the pools: since Python 3.13 one left open keeps the ending interpreter waiting for its threads."""
    for name in ("pool", "box_line"):
        pool = getattr(worker.wsgi, "extensions", {}).get(name)
        if pool is not None:
            pool.close()
