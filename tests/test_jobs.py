"""What a command finds around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from waymark.jobs import site_url


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("site_name: X\nsite_url: https://x.example/y\n", "https://x.example/y/"),
        ("site_url: https://x.example/ # ours\n", "https://x.example/"),
        ("site_name: X\n", ""),
        ("extra:\n  site_url: https://x.example/\n", ""),
    ],
)
def test_site_url(tmp_path: Path, config: str, expected: str) -> None:
    """The address of the site is found without MkDocs."""
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert site_url(tmp_path) == expected


def test_no_configuration(tmp_path: Path) -> None:
    assert site_url(tmp_path) == ""
