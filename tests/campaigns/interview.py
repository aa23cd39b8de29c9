"""An obliging person who fills in what they owe: an ordinary year unless something else is given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed, Said
from tests.bot.playing import LONGEST, ORDINARY, TEXTS, together, told_together
from tests.campaigns.screen import Screen

#: A text that cannot be confused with another.
BIRTHDAY = "02/9/1984"

#: The verbs pressed first, if they are there; `reuse` takes over what was said before or is on record.
_EAGERLY = ("known_none", "send", "rate", "put", "reuse", "answer", "enough", "next", "skip")

#: The answers of an ordinary year, where they are offered: nothing exceeded, no example to others. `levels` is the
#: level of every criterion.
ORDINARY_YEAR = {**ORDINARY, "exceeded": "false", "outstanding": "false", "levels": "good"}

#: The answers of an outstanding year: `hands_in_all(**OUTSTANDING)`.
OUTSTANDING = {"exceeded": "true", "outstanding": "true", "levels": "excellent"}

_LEVELS = frozenset({"excellent", "good", "average", "poor"})

_SUGGESTED = re.compile(r"Mức gợi ý: <b>(.*?)</b>|anh/chị đã tự xếp loại: (.*)")


@dataclass
class Interviewed(Screen):
    """Somebody of the office who fills in forms."""

    # ── the interview ──────────────────────────────────────────────────────────────────────────

    async def hands_in_all(self, at_most: int = LONGEST, /, **chosen: str) -> int:
        """Fill in and send every form that is owed (or `at_most` so many), in order. Returns how many were sent.

        `chosen`: question (or field of a list, or `levels`, or words of a question whose answer is typed) → value. All
        else is answered as in an ordinary year, with the suggested rating.
        """
        sent = 0
        await self.commands("tieptuc")
        for _ in range(LONGEST * 4):
            event = self._obliging(chosen)
            if event is None or sent == at_most:
                return sent
            sent += isinstance(event, Pressed) and event.button is not None and event.button.verb == "send"
            await self._goes_on(event)
        raise AssertionError(f"it does not come to an end: {self.text}")

    async def hands_in_report(self, body: str, review: int, **chosen: str) -> int:
        """Fill in and send the report of a body that they draft, by way of /tapthe. Returns how many were sent."""
        await self.commands("tapthe")
        if not self.sees("next"):
            await self.opens("report_show", body)
        await self.presses_about("next", review)
        return await self.hands_in_all(1, **chosen)

    async def names_a_drafter(self, body: str, review: int, name: str = "") -> None:
        """Name a drafter, as the desk or the head of the body's unit: the first that is offered, or the one of that
        name.
        """
        await self.commands("tapthe")
        if not self.sees("report_name"):
            await self.opens("report_show", body)
        await self.presses_about("report_name", review)
        if name:
            await self.says(name)
        await self.taps("report_named")

    async def comes_to(self, question: str, **chosen: str) -> None:
        """Answer until this question, whose answers are offered, is on the screen."""
        await self.commands("tieptuc")
        for _ in range(LONGEST):
            if self.sees("answer", question):
                return
            if self.sees("one", question):
                await self.taps("one", question)
                return
            event = self._obliging(chosen)
            assert event, f"{question} is not asked: {self.text}"
            await self._goes_on(event)
        raise AssertionError(f"{question} is not asked: {self.text}")

    async def _goes_on(self, event: Event) -> None:
        before = self.text
        await self.does(event)
        if isinstance(event, Said) and "✓" not in self.text and self.text != before:
            await self.says(BIRTHDAY)

    async def mends(self, text: str) -> int:
        """Rewrite a returned review: the first section that was pointed at is written anew, the others are kept, and it
        is sent again. Returns how many questions were asked again.
        """
        await self.commands("tieptuc")
        asked = 0 if self.sees("keep_all") else 1
        await self.says(text if asked else f"a) {text}")
        while kept := self.sees("keep_all") or self.sees("keep"):
            asked += sum(button.verb == "one" for _, button in self.keys) if kept.verb == "keep_all" else 1
            await self.does(Pressed(kept))
        await self.taps("send")
        return asked

    def _obliging(self, chosen: Mapping[str, str]) -> Event | None:
        several = together([button for _, button in self.keys])
        return self._together(several, chosen) if several else self._one_by_one(chosen)

    def _one_by_one(self, chosen: Mapping[str, str]) -> Event | None:
        buttons = [button for _, button in self.keys]
        for verb in _EAGERLY:
            options = [button for button in buttons if button.verb == verb]
            if not options or (verb == "reuse" and self._told_otherwise(options[0].about[0], chosen)):
                continue
            if verb == "rate" and "Xin viết lý do" in self.text:
                return Said(TEXTS[0])
            if verb == "rate":
                return Pressed(self._rating(options, chosen))
            if verb == "answer":
                return _answer(options, chosen)
            if verb == "put":
                return _part(options, chosen)
            if verb == "skip" and options[0].about[0] in chosen:
                return Said(chosen[options[0].about[0]])
            return Pressed(options[0])
        return Said(self._typed(chosen)) if any(button.verb == "outline" for button in buttons) else None

    def _told_otherwise(self, question: str, chosen: Mapping[str, str]) -> bool:
        """Whether the person has an answer of their own, so that an offer is not taken over."""
        return question in chosen or any(words in self.text for words in chosen if " " in words)

    def _together(self, options: Sequence[Button], chosen: Mapping[str, str]) -> Event:
        """The event on a screen with several questions: one press for all if the answers are the same, otherwise one by
        one.
        """
        asked = [button.about[0] for button in options if button.verb == "one"]
        levels = {button.about[1] for button in options if button.verb in {"all", "rest"}}
        told = {**ORDINARY_YEAR, **chosen}
        wanted = {**(dict.fromkeys(asked, told["levels"]) if levels == _LEVELS else {}), **told}
        if not levels and not any(button.verb == "usual" for button in options) and not any(k in told for k in asked):
            skip = self.sees("skip_rest")
            return Pressed(skip or options[0])
        return Pressed(told_together(options, wanted, unusual=any(key in chosen for key in asked)))

    def _typed(self, chosen: Mapping[str, str]) -> str:
        """The text to type: the value in `chosen` whose key is part of the question."""
        return next((text for words, text in chosen.items() if words in self.text), TEXTS[0])

    def _rating(self, options: Sequence[Button], chosen: Mapping[str, str]) -> Button:
        """The first of these that is possible: the chosen rating, the suggested one, good, the highest one offered."""
        question = options[0].about[0]
        if question in chosen:
            return next(button for button in options if button.about[1] == chosen[question])
        said = _SUGGESTED.search(self.text)
        wanted = (said[1] or said[2]) if said else ""
        labels = {key.label: button for key, button in self.keys if button.verb == "rate"}
        good = next((button for button in options if button.about[1] == "good"), options[0])
        return labels.get(wanted.strip(), good)


def _answer(options: Sequence[Button], chosen: Mapping[str, str]) -> Event:
    """The chosen or ordinary answer, pressed if it is offered and otherwise typed; without any, the first option."""
    told, question = {**ORDINARY_YEAR, **chosen}, options[0].about[0]
    wanted = told.get(question, told["levels"] if {button.about[1] for button in options} == _LEVELS else "")
    for button in options:
        if button.about[1] == wanted:
            return Pressed(button)
    return Said(chosen[question]) if question in chosen else Pressed(options[0])


def _part(options: Sequence[Button], chosen: Mapping[str, str]) -> Event:
    """The chosen or ordinary value for a field of a list; without any, the first option."""
    told = {**ORDINARY_YEAR, **chosen}
    return Pressed(next((button for button in options if button.about[-1] == told.get(button.about[-2])), options[0]))
