"""Play the year: `python -m infra.year [PRESET]…`; exit 0 only if every pledge has a final state."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from infra.quarter import stage
from infra.quarter.client import Refused
from infra.quarter.diary import Diary, console
from infra.quarter.stage import Stage
from infra.year import appraising, cast, keeping, making, presets
from shared import clock

FILE = "year.json"


def main(
    names: Annotated[list[str] | None, typer.Argument(metavar="[方案]…", help="不写则依次演四个方案")] = None,
) -> None:
    """演一个支部和它的党总支的一年，从提诺到评诺；方案为浙金院2013、浙创先发2010-18、江苏开大2012、一讲二评三公示。"""
    try:
        chosen = [presets.code_of(name) for name in names or presets.PRESETS.values()]
    except presets.UnknownPreset as unknown:
        raise typer.BadParameter(str(unknown)) from None
    raise typer.Exit(play(chosen))


def play(chosen: list[str]) -> int:
    """Play a year for each preset, one year after the other; give the exit code."""
    here = begin()
    try:
        presets.open_scheme(here)
        for code in chosen:
            began = time.monotonic()
            year = _year(here, code)
            console.print(f"[bold green]{presets.PRESETS[code]}：{year}年全部承诺有最终结果[/bold green]，"
                          f"用时 {time.monotonic() - began:.1f} 秒")  # fmt: skip
    except (Refused, stage.Stuck) as trouble:
        console.print(f"[red]没有走完：[/red]{trouble}")
        return 1
    return 0


def begin() -> Stage:
    """Give the stage with a diary of its own."""
    here = stage.begin()
    facts: dict[str, Any] = {"organization": None, "organization_id": None, "years": []}
    here.diary = Diary(here.base, Path(here.clock_file).parent / FILE, **facts)
    return here


def _year(here: Stage, code: str) -> int:
    rules = presets.settings_of(here, code)
    branch_id, general_id = cast.places(here)
    year = free_year(here, branch_id, rules)
    with presets.followed(here, code, general_id, branch_id):
        people = cast.gather(here, year, rules)
        for act in (making.play, keeping.play, appraising.play):
            act(people)
    name = next(account["organization"] for account in here.accounts if account["role"] == "secretary")
    here.diary.content.update(organization=name, organization_id=branch_id)
    here.diary.content["years"].append(
        {"preset": code, "year": year, "pledges": len(people.pledges) + len(people.others)}
    )
    here.diary.write()
    return year


def free_year(here: Stage, branch_id: str, rules: dict[str, Any]) -> int:
    """Give the next year of whose pledges nothing was made, and whose beginning lies ahead."""
    today = clock.today()
    early = bool(rules["pledge.window_before"]) and f"{today:%m-%d}" <= "12-25"
    year = today.year + 1 if early or f"{today:%m-%d}" > "01-20" else today.year
    while here.role("secretary").get("/pledge/api/pledges", organization_id=branch_id, year=str(year)):
        year += 1
    return year


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(main)
    app(prog_name="./run year")
