"""Somebody of the office with a phone: what they press and say as employee, head, authority or desk.

Every press is of a button that is shown now (`taps`), on the page it stands on (`opens` turns the pages of a list).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.channel import WordedKey
from dialogs.buttons import Button
from dialogs.events import Event, Pressed, Said
from tests.bot.playing import LONGEST, ORDINARY, TEXTS, Phone

#: A text of people that is not to be confused with another.
BIRTHDAY = "02/9/1984"

#: What somebody presses first, where it is there; `reuse` takes over what was said before or is on file.
_EAGERLY = ("send", "rate", "put", "reuse", "answer", "enough", "next", "skip")

#: What an ordinary year is told by, where the answer is offered: nothing exceeded, no example to others. `levels`: of
#: every criterion. Whoever wants the first answers everywhere passes their own.
ORDINARY_YEAR = {**ORDINARY, "exceeded": "false", "outstanding": "false", "levels": "good"}

#: What an outstanding year is told by: for `hands_in_all(**OUTSTANDING)`.
OUTSTANDING = {"exceeded": "true", "outstanding": "true", "levels": "excellent"}

_LEVELS = frozenset({"excellent", "good", "average", "poor"})

_SUGGESTED = re.compile(r"Mức gợi ý: <b>(.*?)</b>|anh/chị đã tự xếp loại: (.*)")


@dataclass
class Colleague(Phone):
    """A phone tied to somebody. `who`: what the play calls them; `name`: what the chat does."""

    who: str = ""
    name: str = ""
    steps: int = field(default=0)

    # ── what is on the screen ──────────────────────────────────────────────────────────────────

    @property
    def keys(self) -> list[tuple[WordedKey, Button]]:
        """The buttons of the last answer."""
        shown = (key for reply in self.answered.replies for row in reply.keyboard for key in row)
        return [(key, button) for key in shown if (button := Button.decode(key.data))]

    def sees(self, verb: str, *about: str, label: str = "") -> Button | None:
        """A button of the last answer: of this verb, these first words, this in its label."""
        for key, button in self.keys:
            if button.verb == verb and button.about[: len(about)] == about and label in key.label:
                return button
        return None

    async def taps(self, verb: str, *about: str, label: str = "") -> None:
        """Press it."""
        button = self.sees(verb, *about, label=label)
        shown = [key.data for key, _ in self.keys]
        assert button, f"{self.who} sees no {verb} {about} {label!r}, but {shown}: {self.text}"
        await self.does(Pressed(button))

    async def opens(self, verb: str, name: str, holding: str = "", page: str = "Trang sau") -> None:
        """Of a list with pages that is on the screen: the card of that name whose text holds `holding`."""
        seen: set[str] = set()
        while True:
            listed, before = self.answered, [button for key, button in self.keys if button.verb == verb and name in key.label]
            for button in before:
                await self.does(Pressed(button))
                if holding in self.text:
                    return
            self.answered = listed
            turning = next((key for key, _ in self.keys if page in key.label and key.data not in seen), None)
            assert turning, f"{self.who} finds no card of {name} with {holding!r}: {self.text}"
            seen.add(turning.data)
            await self.does(Pressed(Button.decode(turning.data)))

    # ── the interview ──────────────────────────────────────────────────────────────────────────

    async def hands_in_all(self, **chosen: str) -> int:
        """Every form that waits, in its order; `chosen`: question (or part of a list, or `levels`, or words of a question
        whose answer is typed) → value. How many were sent. Without a choice: an ordinary year, and what is suggested.
        """
        sent = 0
        await self.commands("tieptuc")
        for _ in range(LONGEST * 4):
            before = self.text
            event = self._obliging(chosen)
            if event is None:
                return sent
            sent += isinstance(event, Pressed) and event.button is not None and event.button.verb == "send"
            await self.does(event)
            if isinstance(event, Said) and "✓" not in self.text and self.text != before:
                await self.says(BIRTHDAY)
        raise AssertionError(f"it does not come to an end: {self.text}")

    def _obliging(self, chosen: Mapping[str, str]) -> Event | None:
        buttons = [button for _, button in self.keys]
        for verb in _EAGERLY:
            options = [button for button in buttons if button.verb == verb]
            if not options or (verb == "reuse" and options[0].about[0] in chosen):
                continue
            if verb == "rate":
                return Pressed(self._rating(options, chosen))
            if verb == "answer":
                return _answer(options, chosen)
            if verb == "put":
                return _part(options, chosen)
            return Pressed(options[0])
        return Said(self._typed(chosen)) if any(button.verb == "later" for button in buttons) else None

    def _typed(self, chosen: Mapping[str, str]) -> str:
        """What is typed where nothing is pressed: that of `chosen` whose key are words of the question."""
        return next((text for words, text in chosen.items() if words in self.text), TEXTS[0])

    def _rating(self, options: Sequence[Button], chosen: Mapping[str, str]) -> Button:
        """The chosen rating, else the suggested, else the second."""
        question = options[0].about[0]
        if question in chosen:
            return next(button for button in options if button.about[1] == chosen[question])
        said = _SUGGESTED.search(self.text)
        wanted = (said[1] or said[2]) if said else ""
        labels = {key.label: button for key, button in self.keys if button.verb == "rate"}
        return labels.get(wanted.strip(), options[1])

    # ── the head ───────────────────────────────────────────────────────────────────────────────

    async def looks_through(self, *but: str) -> int:
        """Agree to whatever waits, one after the other, except drafts of these names; how many."""
        count = 0
        await self.commands("choduyet")
        while card := self._next_card(but):
            await self.does(Pressed(card))
            await self.taps("head_agree")
            await self.taps("head_approve")
            count += 1
            if but and self.sees("head_list"):
                await self.taps("head_list")
        return count

    def _next_card(self, but: Sequence[str]) -> Button | None:
        cards = ((key.label, button) for key, button in self.keys if button.verb == "head_card")
        return next((button for label, button in cards if not any(name in label for name in but)), None)

    async def approves(self, name: str, holding: str = "", comment: str = "") -> None:
        """One draft, with a comment."""
        await self.commands("choduyet")
        await self.opens("head_card", name, holding)
        await self.taps("head_agree")
        if comment:
            await self.taps("head_comment")
            await self.says(comment)
        await self.taps("head_approve")

    async def returns(self, name: str, reason: str, *parts: str, holding: str = "") -> None:
        """One draft, with a reason and the sections in whose titles these words are."""
        await self.commands("choduyet")
        await self.opens("head_card", name, holding)
        await self.taps("head_return")
        await self.says(reason)
        for part in parts:
            await self.taps("head_part", label=part)
        await self.taps("head_send")

    # ── the authority ──────────────────────────────────────────────────────────────────────────

    async def lists(self, which: str = "") -> None:
        """What there is to decide; `o`: what the desk records of an authority outside, `r`, `d`: not ready, decided."""
        await self.commands("quyetdinh")
        await self._all_units()
        if which and self.sees("decide_list", which):
            await self.taps("decide_list", which)
            await self._all_units()

    async def _all_units(self) -> None:
        """Of a list that is shown by unit: all of it."""
        everything = next((one for _, one in self.keys if one.verb == "decide_list" and one.about[1:] == ("all",)), None)
        if everything:
            await self.does(Pressed(everything))

    async def decides_the_list(self) -> int:
        """All at once against whom nothing stands, thirty at a time; how many presses it took."""
        presses = 0
        while True:
            await self.lists()
            if not self.sees("decide_all"):
                return presses
            await self.taps("decide_all")
            if not self.sees("decide_every"):
                return presses
            await self.taps("decide_every")
            presses += 1

    async def chooses(self, name: str, *ratings: str, holding: str = "", which: str = "") -> str:
        """Open the card and choose (a rating for each that the form asks, `none`: not rated); what the chat says then."""
        await self.lists(which)
        await self.opens("decide_card", name, holding)
        await self.taps("decide_choose")
        for place, rating in enumerate(ratings):
            button = next(one for _, one in self.keys if one.verb == "decide_rate" and one.about[2:] == (str(place), rating))
            await self.does(Pressed(button))
        return self.text

    async def decides(
        self, name: str, *ratings: str, texts: Sequence[str] = (), remarks: str = "", holding: str = "", which: str = ""
    ) -> None:
        """Decide one. `texts`: what is asked before it can be confirmed: a reason; document and signer."""
        await self.chooses(name, *ratings, holding=holding, which=which)
        for text in texts:
            await self.says(text)
        if remarks:
            button = next(one for _, one in self.keys if one.verb == "decide_write" and "remarks" in one.about)
            await self.does(Pressed(button))
            await self.says(remarks)
        await self.taps("decide_confirm")

    async def does(self, event: Event, update: str = "") -> object:  # type: ignore[override]
        """As everybody's; counted."""
        self.steps += 1
        return await super().does(event, update)


def _answer(options: Sequence[Button], chosen: Mapping[str, str]) -> Event:
    """The chosen or ordinary answer, pressed where it is offered, typed where it is not; else the first."""
    told, question = {**ORDINARY_YEAR, **chosen}, options[0].about[0]
    wanted = told.get(question, told["levels"] if {button.about[1] for button in options} == _LEVELS else "")
    for button in options:
        if button.about[1] == wanted:
            return Pressed(button)
    return Said(chosen[question]) if question in chosen else Pressed(options[0])


def _part(options: Sequence[Button], chosen: Mapping[str, str]) -> Event:
    """The chosen or ordinary part of an item of a list; else the first."""
    told = {**ORDINARY_YEAR, **chosen}
    return Pressed(next((button for button in options if button.about[-1] == told.get(button.about[-2])), options[0]))
