"""Chromium for the tests that look through it: where it is missing they are skipped, saying so."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Each window loads two pages for its address bar, which no test sees: half of what a context costs. They are left out by a
# list that stands in the place of Playwright's own (packages/playwright-core/src/server/chromium/chromiumSwitches.ts), so
# what our pages may meet of that is repeated.
LEFT_OUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "MediaRouter", "NetworkTimeServiceQuerying"),
    *("OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning"),
)
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    f"--disable-features={','.join(LEFT_OUT)}",
]


@contextmanager
def browsing() -> Iterator[Any]:
    """The browser. While Playwright runs, no other event loop does. Skips the test where one of the two is missing."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        browser.phone = {k: v for k, v in playwright.devices["iPhone 13"].items() if k != "default_browser_type"}
        yield browser
        browser.close()
