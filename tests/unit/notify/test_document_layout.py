"""The mark of a release's layout changes with whatever a paper is made by, and with nothing else."""

from pathlib import Path

import pytest

from services.notify.document import layout, pdf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a module, a template and a style."""
    (tmp_path / "templates").mkdir()
    for name in ("sheet.py", "templates/sheet.html", "print.css"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["sheet.py", "templates/sheet.html", "print.css", "new.html"])
def test_code_template_or_style_that_changes_changes_the_mark(folder: Path, name: str) -> None:
    before = layout.mark([folder])
    assert layout.mark([folder]) == before
    (folder / name).write_text("otherwise", encoding="utf-8")
    assert layout.mark([folder]) != before


def test_what_no_paper_is_made_by_leaves_the_mark_as_it_is(folder: Path) -> None:
    before = layout.mark([folder])
    (folder / "sheet.pyc").write_bytes(b"compiled")
    assert layout.mark([folder]) == before


def test_what_prints_the_papers_is_within_the_folders() -> None:
    for path in (Path(layout.__file__), pdf.STYLE, Path(pdf.__file__).parent.parent / "templates"):
        assert any(path.is_relative_to(each) for each in layout.FOLDERS)
