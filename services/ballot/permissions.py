"""Which permission each command of ballot needs, and which role gives it how far.

`ANYONE`, `SELF` stands for the tellers of a ballot, also one whom the superior lent: `ballot.commands.access` asks with
the person's own id only where the person is a teller.
"""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

_TELLER = {Role.ANYONE: Reach.SELF}
_ABOVE = {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN}

READ_BALLOT = Permission(
    "ballot.read",
    "查看投票进行到哪一步",
    {**_TELLER, **_ABOVE, Role.MEMBER: Reach.OWN, Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN},
)
SEE_TOTALS = Permission("ballot.see_totals", "查看各候选人得票", {**_TELLER, **_ABOVE, Role.SECRETARY: Reach.OWN})
COUNT_BALLOT = Permission("ballot.count", "监票、计票", {**_TELLER, Role.MEMBER: Reach.OWN})
PRINT_PAPERS = Permission("ballot.print", "打印选票", {**_TELLER, Role.SECRETARY: Reach.OWN})
CAST_BALLOT = Permission("box.cast", "投出电子选票", public=True)
"""Whoever holds a credential: who that is, this service does not know."""
READ_BOX = Permission("box.read", "查看电子票箱", public=True)
READ_BOARD = Permission("board.read", "查看电子投票公告板", public=True)
SEE_WHOLE_BOARD = Permission(
    "board.see_whole",
    "有效票不足公布数时，下载带有结果的选票档案",
    {**_TELLER, Role.MEMBER: Reach.OWN},
)
ANNUL_BALLOT = Permission("ballot.annul", "宣布投票作废", {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN})
"""Also the deputy, who may have called it in the secretary's absence."""
