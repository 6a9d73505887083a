"""python -m infra.containers.sample: load the sample university into the running containers and show its accounts."""

import os
import sys
from pathlib import Path

from infra.local.progress import say
from infra.local.sample import show_accounts
from infra.sample.load import Failed, load


def main() -> int:
    """Load it through the gateway, as a client; what is there already stays."""
    try:
        load(say)
    except Failed as failure:
        say(str(failure))
        return 1
    show_accounts(Path(os.environ["SHANGUANG_VAR"]) / "accounts.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
