"""python -m infra.local: the commands of `./run`."""

from infra.local.main import run

run()
