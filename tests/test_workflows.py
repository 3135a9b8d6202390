"""The workflows that run what strangers propose: linted, with the least rights."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_fixtures import PROJECT
from waymark.documents import data_of

WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
EACH = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def test_linted() -> None:
    """zizmor, which knows the ways in which workflows were broken into, finds nothing; it asks nobody outside."""
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    assert program, "zizmor is one of the packages for developers: run `make setup-dev`"
    done = subprocess.run([program, "--offline", "--no-config", "--no-progress", "--format=plain", str(PROJECT / ".github")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_would_find_something(tmp_path: Path) -> None:
    """The same linter finds what we are afraid of, so that its silence says something."""
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    assert program
    bad = "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.pull_request.title }}\n"
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text(bad, encoding="utf-8")
    done = subprocess.run([program, "--offline", "--no-config", "--no-progress", "--format=plain", str(folder / "bad.yml")], capture_output=True, text=True)
    assert done.returncode != 0
    assert {"dangerous-triggers", "template-injection"} <= set(re.findall(r"\[([a-z-]+)\]", done.stdout))


@EACH
def test_rights(path: Path) -> None:
    """Nothing runs with the rights of the repository for a stranger; by default a job may read and knows no secret; each has an end."""
    text = re.sub(r"(?m)(?:^|\s)#.*$", "", path.read_text(encoding="utf-8"))
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "secrets." not in text
    assert re.search(r"^permissions:\n  contents: read\n", text, re.MULTILINE)
    assert text.count("timeout-minutes:") == text.count("runs-on:")
    assert text.count("uses: actions/checkout@") == text.count("persist-credentials: false")
    for right in re.findall(r"^ +(\S+): write", text, re.MULTILINE):
        assert right in ("pages", "id-token")
        assert "if: github.event_name == 'push' && github.ref == 'refs/heads/main'" in text


@EACH
def test_pinned(path: Path) -> None:
    """Actions are named by a commit, with the version beside it for people."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", line), line


@EACH
def test_no_names_in_scripts(path: Path) -> None:
    """What strangers choose is never written into a script; not even what we choose."""
    scripts = re.findall(r"run: \|?\n?((?:.+\n)(?: {10,}.*\n)*)", path.read_text(encoding="utf-8"))
    assert scripts
    assert not [script for script in scripts if "${{" in script]


def test_review_runs_in_the_check() -> None:
    """The sheet is made for each pull request, also when the check fails, from a copy that is deep enough; the site has all its history."""
    check, site = ((PROJECT / f".github/workflows/{name}.yml").read_text(encoding="utf-8") for name in ("check", "site"))
    assert "!cancelled() && github.event_name == 'pull_request'" in check
    assert "waymark review 'HEAD^1' --github --preview site-preview" in check
    assert "fetch-depth: 2" in check
    assert "fetch-depth: 0" in site
    assert "name: site-preview" in site


def test_owners() -> None:
    """Every folder that CODEOWNERS names is there."""
    lines = [line.split() for line in (PROJECT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert all(owner.startswith("@") for _, *owners in lines for owner in owners)
    assert [path for path, *_ in lines if path != "*" and not (PROJECT / path.strip("/")).exists()] == []


def test_dependabot_reads_our_file() -> None:
    """The file that keeps the pins young is valid YAML with the one ecosystem we use."""
    data = data_of((PROJECT / ".github/dependabot.yml").read_text(encoding="utf-8"))
    assert data
    assert [each["package-ecosystem"] for each in data["updates"]] == ["github-actions"]
