"""Preparing typed text for printing without changing what it says."""

from math import ceil

from rules.nouns.text import clean
from templates.numbers import digits


def one_line(text: str) -> str:
    """The cleaned text on one line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """The cleaned text by lines, without empty ones; a tab becomes a blank."""
    return tuple(line.strip() for line in clean(text).replace("\t", " ").split("\n") if line.strip())


def evenly(text: str, letters: int) -> str:
    """The text on as few lines as possible, all of similar length, so that the last word of a name above a paper is not
    left alone.
    """
    rest, lines = text, []
    for left in range(ceil(len(text) / letters), 1, -1):
        places = [place for place, letter in enumerate(rest) if letter == " "]
        if not places:
            break
        at = min(places, key=lambda place: abs(place - len(rest) / left))
        lines.append(rest[:at])
        rest = rest[at + 1 :]
    return "\n".join([*lines, rest])


def lowered(text: str) -> str:
    """The text beginning with a lower-case letter, for use within a sentence."""
    return text[:1].lower() + text[1:]


def bare(title: str) -> str:
    """The title without its final punctuation."""
    return one_line(title).rstrip(" :;.,")


def bracketed(text: str) -> str:
    """The text in exactly one pair of brackets, whether or not it has one."""
    words = one_line(text)
    return words if words.startswith("(") else f"({words})"


def ended(sentence: str) -> str:
    """The sentence with final punctuation."""
    return sentence if sentence.endswith((".", "!", "?", "…", ";", ":")) else f"{sentence}."


def number(value: float) -> str:
    """The number as written in Vietnam: 80,5 and 100, with all digits that are judged."""
    return digits(value, "vi")
