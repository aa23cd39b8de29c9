"""Somebody of the office with a phone: what they press and say as employee, head, authority or desk.

Every press is of a button that is shown now (`taps`), on the page it stands on (`opens` turns the pages of a list).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.campaigns.interview import ORDINARY_YEAR, OUTSTANDING, Interviewed

__all__ = ["ORDINARY_YEAR", "OUTSTANDING", "Colleague"]


@dataclass
class Colleague(Interviewed):
    """A phone tied to somebody. `who`: their short name in the play; `name`: their name in the chat."""

    # ── the head ───────────────────────────────────────────────────────────────────────────────

    async def looks_through(self, *but: str) -> int:
        """Agree to everything that waits, except drafts of these names. Returns the number of drafts."""
        count = 0
        await self.commands("choduyet")
        while card := self._next_card(but):
            await self.does(Pressed(card))
            await self.agrees()
            count += 1
            await self.commands("choduyet")
        return count

    async def agrees(self) -> None:
        """Agree to the draft whose card is shown, and confirm if asked."""
        await self.taps("head_agree")
        if self.sees("head_approve"):
            await self.taps("head_approve")

    def _next_card(self, but: Sequence[str]) -> Button | None:
        cards = ((key.label, button) for key, button in self.keys if button.verb == "head_card")
        return next((button for label, button in cards if not any(name in label for name in but)), None)

    async def approves(self, name: str, holding: str = "", comment: str = "") -> None:
        """Agree to one draft, with a comment."""
        await self.commands("choduyet")
        await self.opens("head_card", name, holding)
        if comment:
            await self.taps("head_comment")
            await self.says(comment)
        await self.agrees()

    async def returns(self, name: str, reason: str, *parts: str, holding: str = "") -> None:
        """Return one draft, with a reason and the sections whose titles contain these words."""
        await self.commands("choduyet")
        await self.opens("head_card", name, holding)
        await self.taps("head_return")
        await self.says(reason)
        for part in parts:
            await self.taps("head_part", label=part)
        await self.taps("head_send")

    # ── the authority ──────────────────────────────────────────────────────────────────────────

    async def lists(self, which: str = "") -> None:
        """Show the list to decide. `o`: decisions outside, which the desk records; `r`: not ready; `d`: decided."""
        await self.commands("quyetdinh")
        await self._all_units()
        if which and self.sees("decide_list", which):
            await self.taps("decide_list", which)
            await self._all_units()

    async def _all_units(self) -> None:
        """Show all of a list that is divided by units."""
        everything = next(
            (one for _, one in self.keys if one.verb == "decide_list" and one.about[1:] == ("all",)), None
        )
        if everything:
            await self.does(Pressed(everything))

    async def decides_the_list(self) -> int:
        """Decide all reviews without objections together: one form and period at a time, thirty at a time. Returns the
        number of presses.
        """
        presses = 0
        while await self._decides_some():
            presses += 1
        return presses

    async def _decides_some(self) -> bool:
        await self.lists()
        if not self.sees("decide_all"):
            return False
        await self.taps("decide_all")
        kinds = [button for _, button in self.keys if button.verb == "decide_all"]
        while not self.sees("decide_every"):
            if not kinds:
                return False
            await self.does(Pressed(kinds.pop(0)))
        await self.taps("decide_every")
        return True

    async def chooses(self, name: str, *ratings: str, holding: str = "", which: str = "") -> str:
        """Open the card and choose a rating for each one that the form asks (`none`: not rated). Returns what the chat
        says then, or instead if there is no such button.
        """
        await self.lists(which)
        await self.opens("decide_card", name, holding)
        await self.taps("decide_choose")
        for place, rating in enumerate(ratings):
            offered = [
                one for _, one in self.keys if one.verb == "decide_rate" and one.about[2:] == (str(place), rating)
            ]
            if not offered:
                return self.text
            await self.does(Pressed(offered[0]))
        return self.text

    async def decides(
        self, name: str, *ratings: str, texts: Sequence[str] = (), remarks: str = "", holding: str = "", which: str = ""
    ) -> None:
        """Decide one review. `texts`: the answers before it can be confirmed: a reason, or document and signer."""
        await self.chooses(name, *ratings, holding=holding, which=which)
        for text in texts:
            await self.says(text)
        if remarks:
            button = next(one for _, one in self.keys if one.verb == "decide_write" and "remarks" in one.about)
            await self.does(Pressed(button))
            await self.says(remarks)
        await self.taps("decide_confirm")

    # ── the person, after the decision ─────────────────────────────────────────────────────────

    async def reserves(self, review: int, opinion: str) -> None:
        """Acknowledge the result with a reservation, from the notice (call `Play.reads` first)."""
        await self.presses_about("result_reserve", review)
        await self.says(opinion)

    async def presses_about(self, verb: str, review: int) -> None:
        """Press the newest button with this verb about that review, among all that they were shown."""
        shown = (Button.decode(key.data) for key in reversed(self.shown))
        await self.does(Pressed(next(one for one in shown if one and (one.verb, one.review) == (verb, review))))

    # ── away ───────────────────────────────────────────────────────────────────────────────────

    async def names_a_stand_in(self, name: str, since: str, until: str) -> None:
        """Name a stand-in from one day to another, both included (`02/12/2020`)."""
        await self.commands("thaymat")
        await self.taps("cover_who")
        await self.opens("cover_pick", name)
        await self.says(since)
        await self.says(until)
        await self.taps("cover_set")

    # ── the desk ───────────────────────────────────────────────────────────────────────────────

    async def sets(self, name: str, *, on: bool) -> None:
        """Change a setting of the office, if it is not already so."""
        await self.commands("dot")
        await self.taps("desk_settings")
        if self.sees("desk_switch", name, "1" if on else "0"):
            await self.taps("desk_switch", name, "1" if on else "0")

    async def prepares_a_campaign(self, *titles: str, year: int) -> str:
        """Prepare a campaign up to its preview, which is returned; `desk_open` is then on the screen. `titles`: words
        from the titles of the rulebooks.
        """
        await self.commands("dot")
        await self.taps("desk_home") if self.sees("desk_home") else None
        await self.taps("desk_new")
        if self.sees("desk_year", str(year)):
            await self.taps("desk_year", str(year))
        for title in titles:
            number = next(re.findall(r"\d+", line)[0] for line in self.text.splitlines() if title in line)
            await self.taps("desk_tick", label=f" {number}. ")
        await self.taps("desk_preview")
        return self.text

    async def closes_the_campaign(self) -> str:
        """Close the campaign up to the question, which is returned; `desk_close_now` is then on the screen."""
        await self.commands("dot")
        await self.taps("desk_close")
        return self.text

    async def moves(self, title: str, day: str) -> None:
        """Move the last day of a milestone (named by words of its title), also if the chat asks to confirm it."""
        await self.commands("dot")
        await self.taps("desk_dates")
        await self.opens("desk_move", title)
        await self.says(day)
        if self.sees("desk_put"):
            await self.taps("desk_put")
