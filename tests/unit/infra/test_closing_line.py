"""The last line of `./run test`."""

from pathlib import Path

from infra.local.suites import closing_line


def report(path: Path, *, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    path.write_text(f"<testsuites><testsuite {counts}/></testsuites>", encoding="utf-8")
    return path


def test_it_adds_up_the_phases(tmp_path: Path) -> None:
    one = report(tmp_path / "0.xml", tests=10, skipped=1)
    two = report(tmp_path / "1.xml", tests=5, failures=2, errors=1)

    assert closing_line([one, two], 12.5).strip("= ") == "2 failed, 11 passed, 1 skipped, 1 errors in 12.50s"


def test_a_phase_that_left_no_report_is_an_error_and_not_silence(tmp_path: Path) -> None:
    line = closing_line([report(tmp_path / "0.xml", tests=3), tmp_path / "1.xml"], 1)

    assert "1 errors" in line
