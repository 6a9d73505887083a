"""python -m infra.containers.databases: give every service and seat its role and database on the server `postgres`."""

from infra import databases
from infra.containers.setup import KEYS
from infra.local import keys
from infra.local.layout import SERVICES, TRUSTEES


def main() -> None:
    """Make what is missing."""
    source = KEYS / "all"
    owner = f"postgresql://shanguang:{keys.password(source, 'postgres')}@postgres/postgres"
    databases.make(owner, {service: keys.password(source, service) for service in (*SERVICES, *TRUSTEES)})


if __name__ == "__main__":
    main()
