"""Start a process of the seat that `TRUSTEE_SEAT` names: `python -m services.ballot.trustee migrate|work`."""

from pathlib import Path

from shared import config, process

process.main(config.seat_service(), Path(__file__).parent, package="services.ballot.trustee", doors=False)
