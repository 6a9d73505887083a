"""Loading the sample as a client of the running system: tables, passwords, scheme, exemptions, contacts."""

import json
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from infra.sample import structure, tables
from infra.sample.client import Client, Failed
from infra.sample.passwords import Passwords
from infra.sample.people import ADMIN_NAME, ADMIN_NUMBER, Somebody, everybody
from infra.sample.structure import PILOT, TOP_CODE, TOP_NAME, Unit
from services.roster.bootstrap import AlreadyBegun, Beginning, begin
from shared import clock, config

__all__ = ["Failed", "load"]

SEED = 20130331
PRESET = "zky2013"
ROLES = {
    "书记": "secretary",
    "副书记": "deputy_secretary",
    "组织委员": "committee_member",
    "宣传委员": "committee_member",
    "党总支书记": "general_branch_secretary",
    "党总支秘书": "general_branch_clerk",
    "党委组织部": "organization_department",
    "纪检干部": "discipline_officer",
    "系统管理员": "administrator",
    "": "member",
}
Say = Callable[[str], Any]


def load(say: Say) -> None:
    """Load everything; a second time changes nothing that is there. Raises `Failed`."""
    var = Path(os.environ.get("SHANGUANG_VAR") or "var")
    folder = var / "sample"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    passwords = Passwords(folder)
    today = clock.today()
    units = structure.units(Random(SEED))  # noqa: S311 — the sample is to be the same every time
    people = everybody(Random(SEED + 1), units, today)  # noqa: S311
    tables.organizations(folder / "组织.xlsx", units)
    tables.people(folder / "人员.xlsx", people)
    _begin(passwords)
    client = Client(os.environ["BASE_URL"])
    admin = client.sign_in(ADMIN_NUMBER, passwords.of(ADMIN_NUMBER))
    _import(admin, "organizations", folder / "组织.xlsx", say)
    _import(admin, "people", folder / "人员.xlsx", say)
    ids = _ids(admin, people)
    _adopt(admin, say)
    accounts = _accounts(client, admin, units, people, ids, passwords)
    say(f"设置{len(accounts)}个示例账号的密码")
    _contacts(admin, people, ids, say)
    _exemptions(client, admin, people, ids, passwords, say)
    _write_accounts(var / "accounts.json", accounts)
    _await_others(client, accounts, say)


def _begin(passwords: Passwords) -> None:
    beginning = Beginning(TOP_NAME, TOP_CODE, ADMIN_NUMBER, ADMIN_NAME, passwords.of(ADMIN_NUMBER))
    with psycopg.connect(config.load("roster").database_url) as conn:
        try:
            begin(conn, beginning)
        except AlreadyBegun:
            conn.rollback()


def _import(admin: Client, kind: str, path: Path, say: Say) -> None:
    outcome = admin.upload("/roster/api/imports", {"kind": kind}, path)
    title = {"organizations": "组织", "people": "人员"}[kind]
    say(f"导入{title}：新增 {outcome['created']}，变更 {outcome['changed']}，不变 {outcome['unchanged']}")


def _ids(admin: Client, people: list[Somebody]) -> dict[str, dict[str, Any]]:
    """Give the person of every number that is needed later."""
    wanted = [each for each in people if each.exempt or each.floating == "是" or each.branch == PILOT or each.roles]
    found = {}
    for organization in admin.get("/roster/api/organizations"):
        if organization["code"] in {each.branch for each in wanted}:
            page = 1
            while listed := admin.get("/roster/api/people", organization_id=organization["id"], page=page)["people"]:
                found.update({person["number"]: person for person in listed})
                page += 1
    return found


def _adopt(admin: Client, say: Say) -> None:
    top = next(each for each in admin.get("/roster/api/organizations") if each["code"] == TOP_CODE)
    path = f"/roster/api/organizations/{top['id']}/scheme"
    if admin.has(path):
        return
    admin.post("/roster/api/adoptions", {"organization_id": top["id"], "preset": PRESET})
    say(f"采用制度方案：{admin.get(path)['name']}")


def _own_password(client: Client, admin: Client, number: str, person_id: str, passwords: Passwords) -> Client:
    """Give somebody a first password, which the person at once makes an own one; give the person, signed in."""
    first, own = passwords.first(number), passwords.of(number)
    admin.post(f"/roster/api/people/{person_id}/password", {"password": first})
    client.sign_in(number, first).post("/roster/api/me/password", {"current": first, "new": own})
    return client.sign_in(number, own)


def _accounts(
    client: Client,
    admin: Client,
    units: list[Unit],
    people: list[Somebody],
    ids: dict[str, dict[str, Any]],
    passwords: Passwords,
) -> list[dict[str, Any]]:
    """Give passwords to all who vote in the pilot branch, each at an own phone, and to those above it."""
    above = next(unit.parent for unit in units if unit.code == PILOT)
    pilot = [each for each in people if each.branch == PILOT and each.standing.endswith("正式党员")]
    superiors = [each for each in people if each.roles_organization in {above, TOP_CODE}]
    chosen = pilot + superiors
    organizations = {each["code"]: each for each in admin.get("/roster/api/organizations")}
    accounts = []
    for each in chosen:
        password = passwords.of(each.number)
        person = ids[each.number]
        if each.number != ADMIN_NUMBER:
            _own_password(client, admin, each.number, person["id"], passwords)
        where = organizations[each.roles_organization or each.branch]
        accounts.append(
            {
                "role": ROLES[each.roles],
                "number": each.number,
                "name": each.name,
                "password": password,
                "organization": where["name"],
                "organization_id": where["id"],
                "person_id": person["id"],
            }
        )
    return accounts


def _contacts(admin: Client, people: list[Somebody], ids: dict[str, dict[str, Any]], say: Say) -> None:
    """Most of those who are away have reported lately; every sixth has not."""
    away = [each for each in people if each.floating == "是"]
    made_on = clock.today() - timedelta(days=10)
    reported = [each for index, each in enumerate(away) if index % 6]
    for each in reported:
        if each.floating_since < made_on.isoformat():
            admin.post(
                f"/roster/api/people/{ids[each.number]['id']}/contact",
                {"made_on": made_on.isoformat(), "channel": "phone", "by_member": True},
            )
    say(f"流动党员{len(away)}人，其中{len(reported)}人近期已报到")


def _exemptions(
    client: Client,
    admin: Client,
    people: list[Somebody],
    ids: dict[str, dict[str, Any]],
    passwords: Passwords,
    say: Say,
) -> None:
    """The secretary of each branch asks, the 组织部 consents, as the rule wants it."""
    exempt = [each for each in people if each.exempt]
    department = next(each for each in people if each.roles == "党委组织部")
    superior = client.sign_in(department.number, passwords.of(department.number))
    for branch in sorted({each.branch for each in exempt}):
        secretary = next(each for each in people if each.branch == branch and each.roles == "书记")
        asking = _own_password(client, admin, secretary.number, ids[secretary.number]["id"], passwords)
        for each in exempt:
            if each.branch == branch:
                _exempt(asking, superior, ids[each.number]["id"])
    say(f"免予参加{len(exempt)}人，经上级党组织同意")


def _exempt(asking: Client, superior: Client, person_id: str) -> None:
    request = {"ground": "frail", "reason": "年事已高，行动不便。", "starts_on": clock.today().isoformat()}
    asked = asking.try_post(f"/roster/api/people/{person_id}/exemption", request)
    if asked is not None:
        superior.post(f"/roster/api/exemptions/{asked['id']}/consent", {"decision": "同意"})


def _write_accounts(path: Path, accounts: list[dict[str, Any]]) -> None:
    path.touch(mode=0o600)
    path.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")


def _await_others(client: Client, accounts: list[dict[str, Any]], say: Say) -> None:
    """Wait until every service has heard of the people: what somebody is asked to do can then be shown."""
    last = accounts[-1]
    signed_in = client.sign_in(last["number"], last["password"])
    until = time.monotonic() + 180
    for service in ("pledge", "evaluation", "ballot", "notify"):
        while not signed_in.has(f"/{service}/api/tasks"):
            if time.monotonic() > until:
                raise Failed(f"{service} 还没有收到名册，请看它的日志。")
            time.sleep(0.3)
    say("各服务已收到名册")
