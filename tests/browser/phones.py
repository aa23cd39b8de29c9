"""Phones in real Chromium, for tests: a page for each person, with buttons found by their label."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ctypes.util import find_library
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.waiting import until

#: Debian's Chromium; nothing is ever downloaded.
CHROMIUM = shutil.which("chromium")

#: Debian packages that the browser tests need and this machine lacks (tools/browser installs them if it may).
MISSING = [package for package, found in (("chromium", CHROMIUM), ("libatomic1", find_library("atomic"))) if not found]

#: Arguments for Chromium, so that it fetches nothing in the background.
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: Milliseconds; two cores run the whole suite beside this.
PATIENCE = 120_000


async def page_says(page: Page, script: str, argument: object = None) -> None:
    """Waits until a script of the page returns something true, which may also be asynchronous (`async () => …`).

    Playwright's `wait_for_function` would take the promise itself for a true value; and if the value is not true at
    once, our pages' CSP forbids how it looks again.
    """
    await until(lambda: page.evaluate(script, argument))


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running browser, whose pages have `PATIENCE` as their time-out."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield browser
        await browser.close()


@dataclass(frozen=True, slots=True)
class Phone:
    """One person's phone: a browser context of its own. `errors`: errors in the scripts of its page."""

    context: BrowserContext
    page: Page
    errors: list[str]

    @classmethod
    async def bought(cls, browser: Browser, width: int = 390, height: int = 844) -> "Phone":
        """A new phone."""
        context = await browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        return cls(context, page, errors)

    async def enter(self, link: str) -> None:
        """Open an invitation and press its one button."""
        await self.page.goto(link)
        await self.page.get_by_role("button", name="Mở trò chuyện").click()
        await expect(self.page.locator("#phone")).to_have_attribute("data-state", "online", timeout=PATIENCE)

    async def press(self, label: str) -> None:
        """Press the newest button with that label, once it is there and can be pressed."""
        button = self.page.locator("#talk").get_by_role("button", name=label, exact=True).last
        await expect(button).not_to_have_attribute("aria-busy", "", timeout=PATIENCE)
        await button.click()

    async def say(self, text: str) -> None:
        """Type a text and send it."""
        await self.page.locator("#text").fill(text)
        await self.page.get_by_role("button", name="Gửi", exact=True).click()

    async def is_heard(self) -> None:
        """Wait until the house has confirmed everything said and pressed here."""
        await expect(self.page.locator("#waiting .unsent")).to_have_count(0, timeout=PATIENCE)

    async def sees_status(self, text: str) -> None:
        """Wait until the line under the name shows the text."""
        await expect(self.page.locator("#status")).to_have_text(text, timeout=PATIENCE)

    @property
    def person(self) -> int:
        """The person whose phone it is, from the address of the page."""
        return int(self.page.url.rstrip("/").rpartition("/")[2])

    async def sees(self, text: str) -> None:
        """Wait until a bubble with that text is shown."""
        await expect(self.page.locator("#talk").get_by_text(text).last).to_be_visible(timeout=PATIENCE)
