"""Counts what a review, the party's form after it, and the head's agreements cost people.

.venv/bin/python -m tools.effort [telegram | page] [--pace] [--slowly] [--trace]

docs/effort.md explains the counts and has the results. `--pace` adds the minutes at a human pace. `--slowly` plays only
the review, on the page, by touch, in as many minutes as people take. `--trace` prints every screen.
"""

import asyncio
import logging
import sys

from tools.effort.counts import TALL, Counts
from tools.effort.play import Played, play, play_slowly


def table(played: Played, *, pace: bool) -> str:
    """The counts of a channel, one line each."""
    lines = []
    for name, counts in (
        ("Mẫu số 02", played.review),
        ("party form", played.member),
        ("head, nine drafts", played.head),
    ):
        lines.append(f"  {name}: {_line(counts)}")
        if counts is played.member:
            lines.append(f"    questions asked: {len(counts.asked)}, of them taken over: {len(counts.taken_over)}")
        if counts.screens:
            lines.append(
                f"    screens: {len(counts.screens)}, over {TALL} px: {counts.tall} ({counts.tall / len(counts.screens):.0%});"
                f" first button out of sight: {counts.unseen}, at most {counts.furthest} px below the edge"
            )
        if pace:
            lines.append(
                f"    at a human pace: {counts.minutes:.1f} minutes, never more than {counts.longest:.1f} between two stops"
            )
    return "\n".join(lines)


def _line(counts: Counts) -> str:
    return (
        f"{counts.presses} presses, {counts.texts} typed, {counts.words} words (+ {counts.button_words} on buttons),"
        f" {counts.buttons} buttons"
    )


async def main(arguments: list[str]) -> None:
    """Play on each channel that is named, or on both."""
    if "--slowly" in arguments:
        counts = await play_slowly(trace="--trace" in arguments)
        print(f"Mẫu số 02 by touch: {_line(counts)}")
        print(f"  it took {counts.lasted:.1f} minutes, never more than {counts.stretch:.1f} between two stops")
        return
    named = [one for one in arguments if not one.startswith("--")]
    for channel in named or ["telegram", "page"]:
        print(f"{channel}:")
        print(table(await play(channel, trace="--trace" in arguments), pace="--pace" in arguments))


if __name__ == "__main__":
    logging.disable(logging.INFO)
    asyncio.run(main(sys.argv[1:]))
