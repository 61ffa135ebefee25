"""Chromium for the tests that look through it: where it is missing they are skipped, saying so."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WITHOUT_WINDOW = shutil.which("chromium-headless-shell") or CHROMIUM
"""What draws the same pages for less than half of the work: Chromium without the program around its pages, hence without what
needs that: notifications, and being installed.
"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def driving() -> Iterator[Any]:
    """Playwright. While it runs, no other event loop does. Skips the test where it, or Chromium, is missing."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        yield playwright


@contextmanager
def browsing(playwright: Any) -> Iterator[Any]:
    """The browser."""
    browser = playwright.chromium.launch(executable_path=WITHOUT_WINDOW, args=ARGUMENTS)
    yield browser
    browser.close()
