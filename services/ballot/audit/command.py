"""`python -m services.ballot audit FILE.bel`: works alone, from the file only, without any server or setting."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from services.ballot.audit import report
from services.ballot.audit.whole import Tell, audit

UNREADABLE = 2


def main(arguments: Sequence[str]) -> int:
    """Audit one file, print what was found; 0 = right, 1 = faults or unfinished, 2 = cannot be read."""
    chosen = _parser().parse_args(arguments)
    try:
        with _progress() as tell:
            follower = audit(chosen.file, chosen.jobs, tell)
    except OSError as trouble:
        why = "没有这个文件" if isinstance(trouble, FileNotFoundError) else "文件读不出来"
        sys.stderr.write(f"无法核验 {chosen.file}：{why}。\n")
        return UNREADABLE
    if chosen.json:
        shown = [json.dumps(report.plain(follower, unfinished=chosen.unfinished), ensure_ascii=False, indent=2)]
    else:
        shown = report.lines(follower, unfinished=chosen.unfinished)
    sys.stdout.write("\n".join(shown) + "\n")
    return 0 if report.passed(follower, unfinished=chosen.unfinished) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.ballot audit", description="核验一次电子投票的档案")
    parser.add_argument("file", type=Path, metavar="FILE.bel", help="从公告板下载的档案")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument("--unfinished", action="store_true", help="计票尚未完成也算通过")
    parser.add_argument("--jobs", type=int, default=0, help="核验选票的进程数，默认与处理器核数相同")
    return parser


@contextmanager
def _progress() -> Iterator[Tell]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, all_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # The bar draws itself when told, without a thread: processes are started while it stands.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("核验选票")

        def tell(done: int, all_: int) -> None:
            bar.update(task, completed=done, total=all_, refresh=True)

        yield tell
