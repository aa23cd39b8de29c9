"""A phone with the web page in Chromium: buttons are touched, and messages are read and measured as laid out."""

import asyncio
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Locator, expect

from tests.browser.phones import PATIENCE, Phone, page_says
from tools.effort.counts import TALL
from tools.effort.player import Move, Press
from tools.effort.screen import Message, Shown, words

WIDTH = 390
#: Seconds between two taps. A faster one at the same place would be the second click of a double click.
_APART = 0.6
#: Seconds between two looks at a page, to see whether it still changes.
_LOOK = 0.12

#: Reads all visible messages with their visible words: nothing in a closed fold, and nothing only for screen readers.
_READ = """() => {
  const ends = new Set(['BR', 'P', 'DIV', 'LI', 'UL', 'OL', 'BLOCKQUOTE', 'SUMMARY', 'DETAILS', 'TABLE', 'TR', 'H2', 'H3']);
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const read = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || node.matches('.who, time, .sheets, .files, button') || !(node.tagName === 'BR' || seen(node))) return '';
    const inside = [...node.childNodes].map(read).join('');
    return ends.has(node.tagName) ? `\\n${inside}\\n` : inside;
  };
  const edge = document.querySelector('#scroll').getBoundingClientRect().bottom;
  return [...document.querySelectorAll('#talk .reply')].filter(seen).map((reply) => {
    const exchange = reply.closest('.exchange');
    const number = [...exchange.querySelectorAll('.reply')].indexOf(reply);
    const buttons = [...reply.querySelectorAll('[data-press]')].filter(seen);
    return {
      id: `${exchange.id}.${number}`,
      text: read(reply).replace(/[ \\t]*\\n\\s*/g, '\\n').trim(),
      buttons: buttons.map((one) => [one.textContent.trim(), one.dataset.press]),
      height: Math.round(reply.getBoundingClientRect().height),
      below: buttons.length ? Math.max(0, Math.round(buttons[0].getBoundingClientRect().bottom - edge)) : 0,
    };
  });
}"""

_AT_REST = """() => !document.querySelector('#waiting .unsent, #waiting .thinking')
  && !document.querySelector('#talk .htmx-request')
  && [...document.querySelectorAll('#talk img')].every((one) => one.complete)"""


@dataclass
class PagePhone:
    """One browser. `address`: that of the house; `apart`: seconds before a tap; `a_word`: seconds for typing a word."""

    phone: Phone
    address: str
    apart: float = _APART
    a_word: float = 0.0

    @classmethod
    async def bought(cls, browser: Browser, address: str) -> "PagePhone":
        """A new phone, on which the conversation has the height that a browser with its bars leaves."""
        return cls(await Phone.bought(browser, WIDTH, 664), address)

    async def opens(self, code: str) -> None:
        """Open the link of an invitation and press its one button."""
        page = self.phone.page
        await self.phone.enter(f"{self.address}/i/{code}")
        height = await page.evaluate("() => document.querySelector('#scroll').clientHeight")
        await page.set_viewport_size({"width": WIDTH, "height": 664 + TALL - height})
        await page.reload()  # so that it is laid out for this height from the beginning
        await expect(page.locator("#phone")).to_have_attribute("data-state", "online", timeout=PATIENCE)
        await self._rests()

    async def commands(self, name: str) -> None:
        """Give a command of the menu, by typing it. The menu would take two presses, but only one is counted."""
        await self._says(f"/{name}")

    async def does(self, move: Move) -> None:
        """Touch or type, and wait for the reply."""
        if isinstance(move, Press):
            await self._presses(move.shown.data)
        else:
            await self._says(move.text)

    async def messages(self) -> tuple[Message, ...]:
        """The messages of the conversation."""
        return tuple(_message(one) for one in await self.phone.page.evaluate(_READ))

    async def _presses(self, data: str) -> None:
        button = self.phone.page.locator(f'#talk [data-press="{data}"]:visible').last
        await expect(button).not_to_have_attribute("aria-busy", "", timeout=PATIENCE)
        before = await self._drawn()
        await asyncio.sleep(self.apart)
        await button.tap()
        await self._answered(before)

    async def _says(self, text: str) -> None:
        before = await self._drawn()
        box = self.phone.page.locator("#text")
        if self.a_word:
            await box.tap()
            *lines, last = text.split("\n")
            for line in lines:
                await self._types(box, line)
                await box.press("Shift+Enter")
            await self._types(box, last)
            await asyncio.sleep(self.apart)
        else:
            await box.fill(text)
        await self.phone.page.locator("#composer .send").tap()
        await self._answered(before)

    async def _types(self, box: Locator, line: str) -> None:
        if line:
            await box.press_sequentially(line, delay=1000 * self.a_word * words(line) / len(line))

    async def _drawn(self) -> str:
        return str(await self.phone.page.locator("#talk").inner_text())

    async def _answered(self, before: str) -> None:
        await self.phone.is_heard()
        await page_says(self.phone.page, "before => document.querySelector('#talk').innerText !== before", before)
        await self._rests()

    async def _rests(self) -> None:
        """Waits until nothing is fetched or moves any more."""
        await page_says(self.phone.page, _AT_REST)
        last: Any = None
        while (now := await self.phone.page.evaluate(_READ)) != last:
            last = now
            await asyncio.sleep(_LOOK)


def _message(read: dict[str, Any]) -> Message:
    buttons = tuple(Shown(label, data) for label, data in read["buttons"])
    return Message(read["id"], read["text"], buttons, read["height"], read["below"])
