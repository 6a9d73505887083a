"""Play the quarter: `python -m infra.quarter`; exit 0 only if the award is published."""

import sys
import time

from infra.quarter import after, meeting, stage, vote
from infra.quarter.client import Refused
from infra.quarter.diary import console


def main() -> int:
    """Play the three acts in their order."""
    began = time.monotonic()
    here = stage.begin()
    try:
        for act in (meeting.play, vote.play, after.play):
            act(here)
    except (Refused, stage.Stuck) as trouble:
        console.print(f"[red]没有走完：[/red]{trouble}")
        return 1
    awards = here.diary.content["award_ids"]
    console.print(
        f"[bold green]已公布 {len(awards)} 名闪光言行之星[/bold green]，用时 {time.monotonic() - began:.1f} 秒"
    )
    console.print(f"每一步都可以打开看：{here.base}/evaluation/awards/{awards[0]}/path")
    return 0


if __name__ == "__main__":
    sys.exit(main())
