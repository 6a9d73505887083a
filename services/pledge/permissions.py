"""Which permission each command of pledge needs, and which role gives it how far."""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

SEE_PLACE = Permission("pledge.read", "查看承诺", {Role.ANYONE: Reach.SELF})
