"""What every part of the code promises, checked for all at once."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import shared.events.catalogue  # noqa: F401 — fills the catalogue
from shared.events import CATALOGUE

ROOT = Path(__file__).parent.parent.parent
SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b", re.DOTALL)


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def modules() -> list[Path]:
    return tracked("services/*.py") + tracked("shared/*.py") + tracked("infra/*.py")


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def strings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def test_no_file_passes_three_hundred_lines() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert {name: count for name, count in long.items() if count > 300} == {}


def test_no_function_passes_forty_five_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno > 45
    ]
    assert long == []


def test_every_module_opens_with_a_sentence() -> None:
    silent = [str(path.relative_to(ROOT)) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_sql_stands_only_in_stores_and_shared() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {text.strip()[:60]}"
        for path in tracked("services/*.py")
        if path.name != "store.py" and "store" not in path.parent.name
        for text in strings(path)
        if SQL.search(text)
    ]
    assert found == []


def test_only_the_clock_reads_the_clock() -> None:
    pattern = re.compile(r"\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(|\btime\.time\(")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("services/*.py") + tracked("shared/*.py")
        if path.name != "clock.py" and pattern.search(path.read_text())
    ]
    assert found == []


def test_rules_take_the_time_they_are_given() -> None:
    pattern = re.compile(r"\bclock\.(now|today|real)\(")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("services/*.py")
        if path.name in {"rules.py", "domain.py"} and pattern.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("service", [*SERVICES, "ballot/trustee"])
def test_migrations_are_numbered_without_gaps(service: str) -> None:
    for folder in (ROOT / "services" / service / "migrations", ROOT / "shared" / "migrations"):
        numbers = [int(path.name[:4]) for path in sorted(folder.glob("*.sql"))]
        assert numbers == list(range(1, len(numbers) + 1)), folder


@pytest.mark.parametrize("service", [*SERVICES, "ballot/trustee"])
def test_every_table_that_grows_carries_the_university_first_in_its_key(service: str) -> None:
    for path in sorted((ROOT / "services" / service / "migrations").glob("*.sql")):
        for key in re.findall(r"PRIMARY KEY \(([^)]*)\)", path.read_text()):
            assert key.split(",")[0].strip() == "tenant_id", f"{path.name}: PRIMARY KEY ({key})"


def test_every_event_is_told_by_its_teller_and_by_nobody_else() -> None:
    code = dict.fromkeys((*SERVICES, "trustee"), "")
    for path in tracked("services/*/*.py"):
        parts = path.relative_to(ROOT / "services").parts
        code["trustee" if "trustee" in parts else parts[0]] += path.read_text()
    for event in CATALOGUE.values():
        tellers = {name for name in code if re.search(rf"\btell\w*\(\s*\w+,\s*(\w+\.)*{event.__name__}\b", code[name])}
        assert tellers <= {event.teller}, event.__name__


def test_every_environment_variable_is_in_the_operator_s_guide() -> None:
    guide = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "shared" / "config.py").read_text()))
    assert {name for name in names if name not in guide} == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_its_page(service: str) -> None:
    assert (ROOT / "services" / service / "README.md").read_text(encoding="utf-8").startswith("# ")


def test_no_template_carries_script_or_style_of_its_own() -> None:
    pattern = re.compile(
        r"<style|<[a-z][^>{]*\sstyle=|<script(?![^>]*\bsrc=)|\bon(click|load|submit|change)=|https?://(?!www\.w3\.org)"
    )
    found = [
        str(path.relative_to(ROOT))
        for path in [*tracked("services/*.html"), *tracked("shared/templates/*.html")]
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_template_shows_a_text_unescaped_but_the_drawn_code() -> None:
    """The only thing that is not escaped is the SVG of a QR code, which the service draws itself."""
    pattern = re.compile(r"\{\{(?P<what>[^}]*)\|\s*safe\b|\{%\s*autoescape\s+false")
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in [*tracked("services/*.html"), *tracked("shared/templates/*.html")]
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
        if (match["what"] or "").strip() != "code"
    ]
    assert found == []


def test_templates_are_html_or_xml_so_that_flask_escapes_them() -> None:
    odd = [
        str(path.relative_to(ROOT))
        for path in [*tracked("services/*/templates/*"), *tracked("shared/templates/*")]
        if path.suffix not in {".html", ".xml", ".txt"}
    ]
    assert odd == []
