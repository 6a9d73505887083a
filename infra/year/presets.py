"""Which schemes a year is played under, and how a 党总支 comes to follow one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stage
from shared import clock

PRESETS = {
    "zjy2013": "浙金院2013", "zcx2010": "浙创先发2010-18", "jskd2012": "江苏开大2012", "yjep": "一讲二评三公示",
}  # fmt: skip


class UnknownPreset(Exception):  # noqa: N818
    """Nothing is played under this name."""


def code_of(name: str) -> str:
    """Give a preset's code by its code or its Chinese name. Raises `UnknownPreset`."""
    for code, title in PRESETS.items():
        if name in {code, title}:
            return code
    raise UnknownPreset(f"没有“{name}”。可以写：{'、'.join(PRESETS.values())}。")


def settings_of(stage: Stage, code: str) -> dict[str, Any]:
    """Give what a preset says, by setting."""
    shown = stage.role("general_branch_secretary").get(f"/roster/api/presets/{code}")
    return {key: setting["value"] for key, setting in shown["settings"].items()}


def open_scheme(stage: Stage) -> None:
    """The 党委 leaves every setting of its scheme to the 党总支, unless it does so already."""
    department = stage.role("organization_department")
    top = _top(department)
    now = department.get(f"/roster/api/organizations/{top['id']}/scheme")
    closed = [key for key, setting in now["settings"].items() if not setting["open"]]
    if not closed:
        return
    with stage.diary.step("党委修订制度方案，各党总支可以调整", "/roster/schemes/") as said:
        name = f"{now['name']}（各党总支可调）"[:60]
        based = {"name": name, "scheme_id": now["scheme_id"], "version": now["scheme_version"]}
        draft = department.post("/roster/api/schemes", based)
        path = f"/roster/api/schemes/{draft['scheme_id']}/versions/{draft['version']}"
        document = {"title": "关于各党总支结合实际调整承诺、评选办法的通知", "on": clock.today().isoformat()}
        opened = {key: {"open": True} for key in closed}
        department.post(path, {**document, "settings": opened}, method="PATCH")
        department.post(f"{path}/publish")
        chosen = {"scheme_id": draft["scheme_id"], "version": draft["version"]}
        department.post("/roster/api/adoptions", {"organization_id": top["id"], **chosen})
        said["note"] = name


@contextmanager
def followed(stage: Stage, code: str, general_id: str, branch_id: str) -> Iterator[None]:
    """Let the 党总支 follow a preset, and what its superior follows again afterwards."""
    secretary = stage.role("general_branch_secretary")
    with stage.diary.step(f"党总支采用“{PRESETS[code]}”", "/roster/adoptions/") as said:
        secretary.post("/roster/api/adoptions", {"organization_id": general_id, "preset": code})
        _await(stage, code, branch_id)
        said["note"] = secretary.name
    try:
        yield
    finally:
        secretary.post("/roster/api/adoptions", {"organization_id": general_id})


def _await(stage: Stage, code: str, branch_id: str) -> None:
    """Wait until the service of pledges has heard of it: its window is then the preset's."""
    wanted, secretary = settings_of(stage, code), stage.role("secretary")

    def heard() -> bool:
        window = secretary.get("/pledge/api/rounds", organization_id=branch_id)
        days = (window["opens_on"][5:], window["closes_on"][5:])
        return days == (wanted["pledge.window_opens"], wanted["pledge.window_closes"])

    stage.wait("采用的方案", heard)


def _top(department: Actor) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in department.get("/roster/api/organizations") if each["kind"] == "committee"
    )
    return found
