"""What an audit found, in Chinese for people and as JSON for programs."""

from typing import Any

from services.ballot.archive.fault import Fault
from services.ballot.audit.follower import Follower, State

STATES = {
    State.EMPTY: "档案里还没有选举",
    State.OPEN: "投票进行中",
    State.ENDED: "投票已截止，尚未汇总",
    State.SEALED: "选票已封存汇总，尚未解密",
    State.DECRYPTING: "正在解密，尚未得出结果",
    State.FINISHED: "已计票",
}
BLANK = "弃权"


def passed(follower: Follower, *, unfinished: bool) -> bool:
    """Say whether the archive is right, and whole unless `unfinished` will do; without an election nothing is right."""
    enough = follower.state is not State.EMPTY if unfinished else follower.state is State.FINISHED
    return enough and not follower.complete()


def plain(follower: Follower, *, unfinished: bool) -> dict[str, Any]:
    """Give everything as JSON values."""
    election, setup = follower.election, follower.setup
    return {
        "passed": passed(follower, unfinished=unfinished),
        "state": follower.state,
        "election": {"name": election.name, "uuid": election.uuid, "hash": election.hex} if election else None,
        "trustees": {"hash": setup.trustees.hex, "owners": len(setup.trustees.owners)} if setup else None,
        "credentials": len(follower.credentials),
        "ballots": follower.ballots,
        "num_tallied": follower.num_tallied,
        "head": follower.head,
        "height": follower.height,
        "result": follower.count.result if follower.count else None,
        "faults": [
            {"place": one.place, "code": one.code, "sentence": one.sentence, "detail": one.detail}
            for one in follower.complete()
        ],
    }


def lines(follower: Follower, *, unfinished: bool) -> list[str]:
    """Give the report line by line; nothing that an archive holds can steer the terminal."""
    found = [*_facts(follower), *_totals(follower), *_verdict(follower, unfinished=unfinished)]
    return ["".join(letter if letter.isprintable() else "�" for letter in line) for line in found]


def _verdict(follower: Follower, *, unfinished: bool) -> list[str]:
    if faults := follower.complete():
        return [f"核验不通过，共{len(faults)}处：", *(_line(one) for one in faults)]
    if follower.state is State.FINISHED:
        return ["核验通过：每一条记录、每一张选票、每一份部分解密和结果都符合规定。"]
    if follower.state is State.EMPTY:
        return ["这不是一份投票档案，或者里面还没有选举。"]
    verdict = "到目前为止没有问题，计票尚未完成。"
    return [verdict if unfinished else f"{verdict}如果只要核验到这里，请加 --unfinished。"]


def _facts(follower: Follower) -> list[str]:
    found = [f"状态：{STATES[follower.state]}"]
    if follower.setup:
        trustees = follower.setup.trustees
        found = [
            f"选举：{follower.setup.election.name}（{follower.setup.election.uuid}）",
            *found,
            f"投票凭证{len(follower.credentials)}份；计票密钥由{len(trustees.owners)}方持有，"
            f"至少{trustees.threshold}方才能解密；密钥指纹 {trustees.hex}",
        ]
    tallied = "" if follower.num_tallied is None else f"，计入{follower.num_tallied}张"
    found.append(f"选票{follower.ballots}张{tallied}")
    return [*found, f"链头：{follower.head}（第{follower.height}号事件）"] if follower.head else found


def _totals(follower: Follower) -> list[str]:
    result = follower.count.result if follower.count else None
    if result is None or follower.election is None:
        return []
    shown = []
    for question, totals in zip(follower.election.questions, result, strict=True):
        names = [BLANK, *question.answers] if question.blank else list(question.answers)
        shown += [
            f"结果：{question.question}",
            *(f"  {name}：{total}" for name, total in zip(names, totals, strict=True)),
        ]
    return shown


def _line(fault: Fault) -> str:
    return f"  {fault.place}  [{fault.code}] {fault.sentence}" + (f"（{fault.detail}）" if fault.detail else "")
