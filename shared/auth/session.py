"""Sign-ins that every service can verify: a token signed by roster's private key."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jwt import JWTClaimsRegistry

from shared import clock
from shared.errors import NotAllowed, NotSignedIn

LASTS = timedelta(hours=12)
ALGORITHM = "Ed25519"
COOKIE = "shanguang"


class SessionOver(NotSignedIn):
    """登录已失效，请重新登录。"""


class PasswordToChange(NotAllowed):
    """您的密码是他人设置的，请先改成自己的密码。"""


def issue(private_key: str, *, tenant_id: UUID, person_id: UUID, epoch: int, must_change: bool = False) -> str:
    """Sign a token for a person; it lasts twelve hours and is void once the person's epoch moves on.

    With `must_change` it opens nothing but what is `early`: who signs in knows a password that another knows too.
    """
    moment = clock.real()
    claims = {
        "sub": str(person_id),
        "tenant": str(tenant_id),
        "epoch": epoch,
        **({"must_change": True} if must_change else {}),
        "iat": int(moment.timestamp()),
        "exp": int((moment + LASTS).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, OKPKey.import_key(private_key), algorithms=[ALGORITHM])


def verify(public_key: str, token: str) -> dict[str, Any]:
    """Give the claims of a token that is genuine and has not run out. Raises `SessionOver`."""
    try:
        found = jwt.decode(token, OKPKey.import_key(public_key), algorithms=[ALGORITHM])
        moment = int(clock.real().timestamp())
        JWTClaimsRegistry(now=moment, exp={"essential": True}, sub={"essential": True}).validate(found.claims)
        return dict(found.claims)
    except (JoseError, ValueError, TypeError) as error:  # TypeError: the library trusts a header's `crit` to be texts
        raise SessionOver from error
