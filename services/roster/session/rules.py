"""What a password must be, how long to wait after failures, and whose password somebody may set."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from services.roster.naming import readings
from services.roster.session.domain import Failures, Limit
from shared.errors import Invalid, NotAllowed, NotFound, NotSignedIn, Refusal

HOME = "/roster/"
"""The workbench."""
SHORTEST, LONGEST = 8, 128
FIRST_PAUSE = timedelta(seconds=30)
FORGOTTEN = timedelta(hours=24)
NUMBER = Limit(free=5, longest=timedelta(minutes=15), halves=FORGOTTEN)
"""Guessing one person's password is what it stops; a success forgets the failures."""
ADDRESS = Limit(free=100, longest=timedelta(seconds=30), halves=timedelta(hours=1))
"""Trying one password on many numbers is what it slows, to two tries a minute.

A whole campus may share an address: everyday slips fade, and the pause stays one that a person waits out. No success
forgets the failures, or one good account would free its holder to try all others. Whoever keeps an address in pauses
on purpose holds up only devices that are new to the person (`known`).
"""
COMMON = {
    *("12345678", "123456789", "1234567890", "87654321", "11223344", "password", "password1", "qwertyui", "qwerty123"),
    *("abcd1234", "abc12345", "1q2w3e4r", "1qaz2wsx", "a1234567", "iloveyou", "zhongguo", "woaini1314", "admin123"),
}


class SignInFailed(NotSignedIn):
    """学工号或密码不正确。"""


class TooManyTries(Refusal):
    """连续多次登录失败，请稍后再试。"""

    status = 429


class UniversityNeeded(Invalid):
    """请选择学校。"""


class PasswordWeak(Invalid):
    """新密码不合要求。"""


class PasswordWrong(Invalid):
    """原密码不正确。"""


class HigherOffice(NotAllowed):
    """此人担任本组织、上级组织或其他组织的职务，请由系统管理员办理。"""


class CampusRefused(NotSignedIn):
    """统一身份认证没有成功，请重新登录。"""


class CampusUnknown(NotSignedIn):
    """统一身份认证已通过，但党员名册中没有您的学工号，请联系所在党支部。"""


class CampusAbsent(NotFound):
    """本系统没有接入统一身份认证，请用学工号和密码登录。"""


def tidy(number: str) -> str:
    """Write a number as the roster has it: full-width digits of a Chinese keyboard become plain ones."""
    return unicodedata.normalize("NFKC", number).strip()


def faded(found: Failures, limit: Limit, now: datetime) -> int:
    """Give how many failures still count: half of them fade in each `limit.halves`; after a day none are left."""
    if now - found.last_at >= FORGOTTEN:
        return 0
    times = (now - (found.halved_at or found.last_at)) // limit.halves
    return found.failures >> max(times, 0)


def noted(found: Failures | None, limit: Limit, now: datetime) -> Failures:
    """Give the failures with one more."""
    if found is None or now - found.last_at >= FORGOTTEN:
        return Failures(1, now, now)
    since = found.halved_at or found.last_at
    times = max((now - since) // limit.halves, 0)
    return Failures((found.failures >> times) + 1, now, since + times * limit.halves)


def pause(found: Failures | None, limit: Limit, now: datetime) -> timedelta:
    """Give how long this number or address must still wait; it doubles with each failure up to the limit's longest."""
    still = faded(found, limit, now) if found else 0
    if found is None or still < limit.free:
        return timedelta()
    whole = min(FIRST_PAUSE * (1 << min(still - limit.free, 10)), limit.longest)
    return max(found.last_at + whole - now, timedelta())


def refuse_while_paused(pauses: Sequence[timedelta]) -> None:
    """Refuse a try during a pause, saying how long it is. Raises `TooManyTries`."""
    longest = max(pauses)
    if longest:
        raise TooManyTries(f"连续多次登录失败，请在{ceil(longest / timedelta(minutes=1))}分钟后再试。")


def obstacles(password: str, *, number: str, name: str) -> list[str]:
    """List what is wrong with a new password, each a Chinese sentence."""
    found = []
    if len(password) < SHORTEST:
        found.append(f"密码至少{SHORTEST}位。")
    if len(password) > LONGEST:
        found.append(f"密码至多{LONGEST}位。")
    if password.casefold() in COMMON or len(set(password)) < 3:
        found.append("这个密码太常见，容易被猜到。")
    if _own(password, (name, *readings.spelled(name), number)):
        found.append("密码不能就是学工号、姓名或姓名拼音。")
    return found


def _own(password: str, words: Sequence[str]) -> bool:
    """Say whether a password is for the most part what everybody knows of its owner."""
    left = readings.fold(password.casefold())
    whole = len(left)
    for word in sorted((readings.fold(word.casefold()) for word in words if word), key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) * 2 < whole


def require_good(password: str, *, number: str, name: str) -> None:
    """Refuse a weak password. Raises `PasswordWeak` with everything that is wrong."""
    if found := obstacles(password, number=number, name=name):
        raise PasswordWeak(details=found)


def require_lower(reach: Sequence[str], offices: Sequence[str]) -> None:
    """Let a clerk touch the sign-in only of people all of whose offices are below the clerk's own organisation.

    That is to set the password, to change the number under which one signs in, to let somebody leave. `reach` and
    `offices` are paths. Otherwise a clerk could become the secretary, or take the office away. Raises `HigherOffice`.
    """
    if not below(reach, offices):
        raise HigherOffice


def below(reach: Sequence[str], offices: Sequence[str]) -> bool:
    """Say whether all offices are below one of the organisations; both are given as paths."""
    return all(any(office.startswith(path) and office != path for path in reach) for office in offices)


def local_target(given: str) -> str:
    """Give the page to show after sign-in: a path of our own, else the workbench."""
    safe = given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if safe and "\\" not in given else HOME
