"""Load the sample university into the system at `BASE_URL`: `python -m infra.sample`, with roster's environment."""

import sys

from rich.console import Console

from infra.sample.load import Failed, load

console = Console(highlight=False, soft_wrap=True)
try:
    load(console.print)
except Failed as failure:
    console.print(f"[red]✗[/red] {failure}")
    sys.exit(1)
