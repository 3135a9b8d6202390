"""Who may import what: the rules of the house, read from the imports themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import waymark

PROJECT = Path(__file__).parents[1]
PACKAGE = Path(waymark.__file__).parent
MODULES = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in sorted(PACKAGE.rglob("*.py"))}
PACKAGES = ("adapters", "commands")
EDGES = (*PACKAGES, "__main__")
OUTSIDE = (*EDGES, "revisions", "jobs")
"""What speaks with people or with other programs; the rest is the core."""

ROWS = (
    {
        "problems",
        "citations",
        "relations",
        "countries",
        "offline",
        "intervals",
        "graph",
        "layout",
        "examples",
        "jobs",
        "revisions",
        "patterns",
        "moved",
        "insets",
        "pages",
        "paths",
    },
    {"files", "fields", "markdown", "syntax", "slips", "sentences", "offered"},
    {"documents", "models", "bibliography", "mistakes", "timeline", "meanings"},
    {"work", "knowledge"},
    {"kinds"},
    {"datafiles", "consistency", "names", "freshness", "history"},
    {"validate", "canonical_bib"},
    {"statements", "apa", "prepared", "recoded", "appraisal", "canonical"},
    {"links", "people", "stages", "matching"},
    {"markers", "corrections", "owners", "changes", "addresses", "retirement", "cautions"},
    {"library", "wording"},
    {"anatomy", "usage", "takeaway", "drawing", "dictionary", "evidence", "confidence", "agreement", "similar"},
    {
        "tables",
        "diagrams",
        "neighbourhood",
        "pictures",
        "status",
        "connections",
        "tabular",
        "charts",
        "specimen",
        "interview",
        "labels",
        "issueform",
        "searchable",
    },
    {"networks", "foundations", "comparison", "review", "days"},
    {"pieces", "exports", "feeds", "explorer", "vega", "evidence_map", "health", "form"},
    {"works", "schemaorg", "summaries", "handwritten"},
    {"opendata"},
    {"comparisons", "stewardship", "chronicle", "contributing"},
    {"overviews"},
    {"plots"},
    {"render"},
    set(EDGES),
)
"""From the ground up; a module imports only from rows below its own. The modules of a package may import one another."""

MAY_IMPORT = {
    "mkdocs": {"adapters"},
    "yaml": {"documents"},
    "pydantic": {"fields", "models", "work", "validate", "statements", "people", "corrections"},
    "bibtexparser": {"bibliography", "takeaway", "canonical_bib"},
    "pybtex": {"names", "apa", "takeaway"},
    "rispy": {"takeaway"},
    "networkx": {"networks"},
    "numpy": {"networks"},
    "pycountry": {"countries"},
    "cmarkgfm": {"markdown"},
    "jinja2": {"pieces", "adapters"},
    "markupsafe": {"pieces", "works", "plots", "summaries"},
    "vl_convert": {"adapters"},
}
"""Every third-party package, and the modules that know it."""


def part_of(module: str) -> str:
    """The part of the house a module belongs to: its own name, or `adapters`."""
    return module.split(".")[0]


def row_of(module: str) -> int:
    return next(number for number, row in enumerate(ROWS) if part_of(module) in row)


def imports(path: Path) -> Iterator[str]:
    """Everything a module imports, wherever in it, with full names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            if node.module == "sys" and [alias.name for alias in node.names] == ["intern"]:
                continue  # keeps one copy of a text; knows nothing of the system
            # `from waymark import diagrams` imports a module, `from waymark.x import y` a name of one.
            yield from ([f"{node.module}.{alias.name}" for alias in node.names] if node.module == "waymark" else [str(node.module)])


def ours(path: Path) -> list[str]:
    return [name.removeprefix("waymark.") for name in imports(path) if name.startswith("waymark.")]


EACH = pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("__init__")])
EACH_OF_THE_CORE = pytest.mark.parametrize("module", [name for name in MODULES if part_of(name) not in OUTSIDE and name != "__init__"])


@EACH
def test_rows(module: str) -> None:
    """A module imports only from lower rows."""
    wrong = [other for other in ours(MODULES[module]) if row_of(other) >= row_of(module) and not part_of(other) == part_of(module) in PACKAGES]
    assert wrong == []


def test_every_module_has_a_row() -> None:
    """Who adds a module says where it belongs."""
    parts = {part_of(module) for module in MODULES} - {"__init__"}
    assert set().union(*ROWS) == parts


def test_the_chapter_for_newcomers_shows_the_rows() -> None:
    """The drawing of the house in CONTRIBUTING.md has each module in the row that is enforced here."""
    drawn: dict[int, set[str]] = {}
    row = -1
    for line in (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("plugins/waymark/\n")[1].split("\n```")[0].splitlines():
        number, names = line[:4].strip(), line[5:].split("   ")[0].replace(" + templates/", "").split()
        row = int(number) if number else row
        drawn.setdefault(row, set()).update(name.strip("/") for name in names)
    inside = {path.stem for edge in EDGES for path in (PACKAGE / edge).glob("*.py")} - {"__init__"}
    expected = {number: modules if number < len(ROWS) - 1 else modules | inside for number, modules in enumerate(ROWS)}
    assert {number: names - {"theme"} for number, names in drawn.items()} == expected


@EACH
def test_third_party_packages(module: str) -> None:
    """Each third-party package is known to as few modules as possible, so that it can be replaced."""
    packages = {name.split(".")[0] for name in imports(MODULES[module])} - set(sys.stdlib_module_names) - {"waymark"}
    assert set() == {package for package in packages if part_of(module) not in MAY_IMPORT.get(package, set())}


def test_table_of_packages_is_current() -> None:
    """What nobody imports any more leaves the table."""
    used = {(name.split(".")[0], part_of(module)) for module, path in MODULES.items() for name in imports(path)}
    assert set() == {(package, part) for package, parts in MAY_IMPORT.items() for part in parts} - used


@EACH_OF_THE_CORE
def test_core_is_silent(module: str) -> None:
    """The core returns problems; it never prints or logs. (bibliography silences the log of its parser.)"""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input")]
    assert module == "bibliography" or "logging" not in set(imports(MODULES[module]))


@EACH_OF_THE_CORE
def test_core_knows_neither_clock_nor_network_nor_environment(module: str) -> None:
    """What the core says depends on the files alone."""
    names = {node.attr for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)}
    assert set() == names & {"now", "today", "utcnow", "environ", "getenv"}
    outside = {"time", "random", "os", "sys", "socket", "urllib", "http", "requests", "subprocess"}
    assert set() == {name.split(".")[0] for name in imports(MODULES[module])} & outside


@EACH_OF_THE_CORE
def test_data_classes_are_frozen(module: str) -> None:
    """Values do not change once made."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                written = ast.unparse(decorator)
                assert not written.startswith("dataclass") or "frozen=True" in written, node.name


@EACH
def test_imports_alone(module: str) -> None:
    """Each module can be the first to be imported: there is no circle."""
    done = subprocess.run([sys.executable, "-c", f"import waymark.{module}"], capture_output=True, text=True, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)
