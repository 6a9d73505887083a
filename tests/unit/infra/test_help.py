"""`--help` of every command says what it does and starts nothing."""

from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

from infra.local import main, packages, quality, system

VERBS = sorted(verb.name or verb.callback.__name__ for verb in main.app.registered_commands if verb.callback)


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a state folder that is not there, on a machine where whatever is started fails the test."""

    def started(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was started")

    for owner, names in ((system, ("up", "down")), (packages, ("ensure",)), (quality, ("test", "check", "bench"))):
        for name in names:
            monkeypatch.setattr(owner, name, started)
    monkeypatch.setenv("SHANGUANG_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.mark.parametrize(
    ("verb", "words"),
    [(verb, [word]) for verb in VERBS for word in ("--help", "-h")]
    + [(verb, ["--words", "of", "others", "--help"]) for verb in ("quarter", "year", "retell", "test", "bench")],
)
def test_help_prints_the_usage_and_starts_nothing(verb: str, words: list[str], var: Path) -> None:
    done = CliRunner().invoke(main.app, [verb, *words], prog_name="./run")
    assert done.exit_code == 0, done.output
    assert f"Usage: ./run {verb}" in done.output
    assert any("\u4e00" <= sign <= "\u9fff" for sign in done.output)
    assert not var.exists()
