"""Options and fixtures for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

import toy
from browser import chromium, site_url, visit  # noqa: F401
from site_fixtures import build_toy, real_builds, real_library, real_site, toy_library, toy_pages, toy_project, toy_renderer  # noqa: F401
from waymark.library import Library

settings.register_profile("waymark", deadline=None)  # both cores are busy, so the clock says nothing
settings.load_profile("waymark")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite what tests/problems/*.yml expect; then read the difference")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small valid project, loaded."""
    library, problems = toy.load(tmp_path_factory.mktemp("toy"))
    assert problems == []
    return library
