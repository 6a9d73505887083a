"""What an operator is shown of a dead letter: everything about it but what it says."""

from collections.abc import Iterator
from datetime import UTC, datetime

from shared import clock
from shared.messaging.consumer.dead import DeadLetter
from shared.messaging.discarded import Discarded

UNREADABLE = "（无法读取）"


def line(letter: DeadLetter) -> str:
    """Give a letter in one line."""
    about = (letter.id, letter.queue, letter.name or UNREADABLE, letter.text, f"重试 {letter.attempts} 次")
    return "  ".join((*about, _read(letter.failed_at)))


def discarded_line(row: Discarded) -> str:
    """Give a discarded letter in one line."""
    letter = row.letter
    fate = f"已于 {_moment(row.returned_at)} 重新投递" if row.returned_at else f"{_moment(row.discarded_at)} 放弃"
    return "  ".join(
        (letter.id, letter.queue, letter.name or UNREADABLE, letter.text, fate, row.discarded_by, row.reason)
    )


def about(letter: DeadLetter) -> Iterator[tuple[str, str]]:
    """Give what is known of a letter, each with its name; what a stranger wrote may hold anything."""
    yield "编号", letter.id
    yield "服务", letter.service
    yield "队列", letter.queue
    yield "原因", f"{letter.text}（{letter.reason}）"
    yield "重试次数", str(letter.attempts)
    yield "进入死信的时间", _read(letter.failed_at)
    yield "大小", f"{letter.size} 字节"
    if letter.envelope is None:
        return
    yield "事件", f"{letter.envelope.name} 第 {letter.envelope.version} 版"
    yield "来自", letter.envelope.source
    yield "发生时间", _moment(letter.envelope.time)
    yield "对象", letter.envelope.subject
    yield "关联编号", str(letter.envelope.correlation_id)
    yield "内容字段", "、".join(sorted(letter.envelope.facts)) or "无"


def about_discarded(row: Discarded) -> Iterator[tuple[str, str]]:
    """Give the same of a letter that was discarded, and who did it, when and why."""
    yield from about(row.letter)
    yield "放弃的时间", _moment(row.discarded_at)
    yield "放弃的人", row.discarded_by
    yield "放弃的理由", row.reason
    yield "重新投递的时间", _moment(row.returned_at) if row.returned_at else "没有重新投递"


def _read(text: str) -> str:
    """Give a time as headers have it: ours with its zone, the broker's in UTC without one, a stranger's as it came."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return _moment(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _moment(moment: datetime) -> str:
    try:
        return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}"
    except OverflowError:
        return moment.isoformat()
