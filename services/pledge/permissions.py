"""Which permission each command of pledge needs, and which role gives it how far; by noun."""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

_BRANCH = {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN, Role.COMMITTEE_MEMBER: Reach.OWN}
_GENERAL = {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN}
_DEPARTMENT = {Role.ORGANIZATION_DEPARTMENT: Reach.WITHIN}
_ABOVE = {**_GENERAL, **_DEPARTMENT}
_OWN = {Role.MEMBER: Reach.SELF, Role.STAFF: Reach.SELF}
_OF_BRANCH = {Role.MEMBER: Reach.OWN, Role.STAFF: Reach.OWN, Role.ACTIVIST: Reach.OWN}

# pledge
LIST_PLEDGES = Permission("pledge.list", "查看自己的承诺和本支部公示的承诺", {Role.ANYONE: Reach.SELF})
READ_PLEDGE = Permission("pledge.read", "查看承诺", {**_OF_BRANCH, **_BRANCH, **_ABOVE})
READ_DRAFT = Permission("pledge.read_draft", "查看未公示的承诺", {**_OWN, **_BRANCH, **_ABOVE})
WRITE_PLEDGE = Permission("pledge.write", "提诺", {**_OWN, **_BRANCH, **_ABOVE})
WRITE_ORGANIZATION_PLEDGE = Permission("pledge.write_organization", "党组织提诺", {**_BRANCH, **_ABOVE})

# place
SEE_PLACE = Permission("pledge.see_place", "打开承诺", {Role.ANYONE: Reach.SELF})
