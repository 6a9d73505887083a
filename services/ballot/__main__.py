"""Start a process of this service: `python -m services.ballot migrate|web|work`, or `audit FILE.bel` an archive."""

import sys
from pathlib import Path

if __name__ == "__main__":
    if sys.argv[1:2] == ["audit"]:
        from services.ballot.audit import command

        sys.exit(command.main(sys.argv[2:]))
    from shared import process

    process.main("ballot", Path(__file__).parent)
