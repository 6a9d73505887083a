"""Files and functions stay short, and the check that says so sees what is too long."""

from pathlib import Path

import pytest

from infra.local import sizes
from infra.local.layout import ROOT


def test_no_file_and_no_function_is_too_long() -> None:
    folders = [ROOT / folder for folder in sizes.CODE]
    assert [line for folder in folders for path in sorted(folder.rglob("*.py")) for line in sizes.too_long(path)] == []


def written(folder: Path, text: str) -> Path:
    path = folder / "made.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("lines", "found"), [(sizes.FILE, 0), (sizes.FILE + 1, 1)])
def test_a_file_is_counted_by_its_lines(tmp_path: Path, lines: int, found: int) -> None:
    assert len(list(sizes.too_long(written(tmp_path, "pass\n" * lines)))) == found


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize(("lines", "found"), [(sizes.FUNCTION, 0), (sizes.FUNCTION + 1, 1)])
def test_a_function_is_counted_without_signature_and_docstring(
    tmp_path: Path, kind: str, lines: int, found: int
) -> None:
    text = f'{kind} made(\n    a,\n    b,\n):\n    """Told\n\n    at length.\n    """\n' + "    pass\n" * lines
    assert len(list(sizes.too_long(written(tmp_path, text)))) == found


def test_a_function_within_another_is_counted_too(tmp_path: Path) -> None:
    inner = "class Made:\n    def made(self):\n" + "        pass\n" * (sizes.FUNCTION + 1)
    assert [line.split("：")[1] for line in sizes.too_long(written(tmp_path, inner))] == ["31 行，最多 30 行"]


def test_a_test_may_walk_its_way_to_the_end(tmp_path: Path) -> None:
    story = "def test_a_story() -> None:\n" + "    pass\n" * (sizes.FUNCTION + 1)
    assert list(sizes.too_long(written(tmp_path, story))) == []
