"""What becomes of a message that was not handled: tried again after a pause, or laid aside with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared import clock
from shared.errors import NotYet, Refusal
from shared.messaging import topology
from shared.messaging.reading import NotHeard, UnknownEvent, UnknownVersion

ATTEMPT = "shanguang-attempt"
QUEUE = "shanguang-queue"
SERVICE = "shanguang-service"
REASON = "shanguang-reason"
TEXT = "shanguang-text"
FAILED_AT = "shanguang-failed-at"

NOT_OURS = (NotHeard, UnknownEvent, UnknownVersion)
OURS = (ATTEMPT, QUEUE, SERVICE, REASON, TEXT, FAILED_AT)


@dataclass(frozen=True)
class Fate:
    """Where a message goes on to, with which headers, and the word for it in the counters."""

    outcome: str
    exchange: str
    key: str
    headers: dict[str, Any]


def decide(error: Exception, headers: Mapping[str, Any], *, service: str, queue: str) -> Fate:
    """Decide by what was raised and how often it was tried.

    A refusal is final. What waits for another fact (`NotYet`) waits for as long as it takes. Everything else is a
    defect, a passing trouble or for another release that may work beside this one (`NOT_OURS`), and is laid aside when
    the longest pause has not helped.
    """
    attempt = attempt_of(headers)
    patient = isinstance(error, NotYet)
    final = isinstance(error, Refusal) and not isinstance(error, NOT_OURS)
    if final or (attempt >= len(topology.PAUSES) and not patient):
        told = _reason(error) | {ATTEMPT: attempt, QUEUE: queue, SERVICE: service}
        told[FAILED_AT] = clock.now().isoformat()
        return Fate("dead", topology.DEAD, service, told)
    again = {ATTEMPT: attempt + 1}
    return Fate("waits" if patient else "retried", "", topology.retry_name(queue, attempt), again)


def attempt_of(headers: Mapping[str, Any]) -> int:
    """Give how often a message was tried before; a header that is not ours counts as never."""
    attempt = headers.get(ATTEMPT, 0)
    return attempt if isinstance(attempt, int) and 0 <= attempt < topology.NO_LIMIT else 0


def _reason(error: Exception) -> dict[str, str]:
    """Name the reason without the text of this one case, which may quote what the message says."""
    if isinstance(error, Refusal | NotHeard):
        sentence = (type(error).__doc__ or "").strip().splitlines()[0]
        return {REASON: error.code, TEXT: sentence}
    return {REASON: "defect", TEXT: f"程序处理时出错（{type(error).__name__}），多次重试未成。"}
