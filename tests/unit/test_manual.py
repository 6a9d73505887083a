"""The manual names only what is there: buttons and pages by the words that they bear, and files that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "user"
PAGES = sorted(MANUAL.glob("*.md"))
ASKED = re.compile(r"[点从在用](?:待办|菜单|页面)?“([^”]+)”(?!一节)")
"""点“安排会议”, 在“登记证”里, 从“待办”进入."""
LINK = re.compile(r"\]\(([^)#]+)\)")
HALF = re.compile(r"[\u4e00-\u9fff][,;:!?()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)")


@pytest.fixture(scope="module")
def screens() -> str:
    """Give all that the code may show."""
    files = [
        *(ROOT / "services").rglob("*.html"),
        *(ROOT / "services").rglob("*.py"),
        *(ROOT / "shared").rglob("*.html"),
    ]
    files += [*(ROOT / "services").rglob("*.js"), *(ROOT / "shared").rglob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_manual_tells_to_press_stands_on_a_page(page: Path, screens: str) -> None:
    assert [words for words in ASKED.findall(page.read_text(encoding="utf-8")) if words not in screens] == []


def test_the_manual_s_first_page_leads_to_every_other() -> None:
    first = (MANUAL / "README.md").read_text(encoding="utf-8")
    assert set(LINK.findall(first)) == {page.name for page in PAGES} - {"README.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_manual_s_links_lead_somewhere(page: Path) -> None:
    ways = [way for way in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in way]
    assert [way for way in ways if not (page.parent / way).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_manual_is_punctuated_in_full_width(page: Path) -> None:
    assert HALF.findall(page.read_text(encoding="utf-8")) == []
