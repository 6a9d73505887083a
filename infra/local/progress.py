"""What the operator sees while the runner works: one line a step, with the time it took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)

Note = Callable[[str], None]
"""Tells what a step is doing just now."""


@contextmanager
def step(title: str) -> Iterator[Note]:
    """Show a step as it runs and its seconds when done; a step that fails is marked and the exception passes."""
    begun = time.monotonic()
    try:
        if sys.stdout.isatty():
            with console.status(f"{title}…") as status:
                yield lambda note: status.update(f"{title}… [dim]{note[-80:]}[/dim]")
        else:
            print(f"… {title}", flush=True)
            yield lambda note: print(f"    {note}", flush=True)
    except BaseException:
        console.print(f"[red]✗[/red] {title}")
        raise
    console.print(f"[green]✓[/green] {title} [dim]{time.monotonic() - begun:.1f} 秒[/dim]")


def say(text: str) -> None:
    """Show a line."""
    console.print(text)
