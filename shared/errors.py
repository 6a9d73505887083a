"""The kinds of refusal; the docstring's first line of a subclass is the Chinese sentence that users read.

A refusal changes nothing and is not a defect: the doors answer it with its status and its stable code, the consumer
makes a dead letter of it. Anything that is not a refusal is a defect (500, logged, retried when it came as a message).
"""

import re
from collections.abc import Sequence


class Refusal(Exception):  # noqa: N818 — a refusal is an answer, not an error
    """不能办理。"""

    status = 409

    def __init__(self, message: str | None = None, *, details: Sequence[str] = ()) -> None:
        """Take another sentence than the class's own, and further obstacles, each a Chinese sentence."""
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.details = list(details)
        super().__init__(self.message)

    @property
    def code(self) -> str:
        """Give the stable code: the class name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class Invalid(Refusal):
    """填写的内容有误。"""

    status = 422


class NotSignedIn(Refusal):
    """请先登录。"""

    status = 401


class NotAllowed(Refusal):
    """您没有办理此事的权限。"""

    status = 403


class NotFound(Refusal):
    """没有找到所查的内容。"""

    status = 404


class RuleBroken(Refusal):
    """按制度方案，此事现在不能办理。"""

    status = 409


class TooLarge(Refusal):
    """上传的文件太大。"""

    status = 413


class NotYet(Exception):  # noqa: N818
    """A fact that a message builds on has not arrived; the consumer tries again after a pause, for as long as it takes.

    Not a refusal: events may overtake one another.
    """
