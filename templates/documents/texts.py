"""What people typed, made fit for paper without changing what can be read of it."""

from math import ceil

from rules.nouns.text import clean
from templates.numbers import digits


def one_line(text: str) -> str:
    """The cleaned text on one line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """The cleaned text by lines; empty lines are left out, a tab is a blank."""
    return tuple(line.strip() for line in clean(text).replace("\t", " ").split("\n") if line.strip())


def evenly(text: str, letters: int) -> str:
    """On as few lines as hold it, of about the same length: a name above a paper does not leave its last word alone."""
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
    """With a small first letter, to go on within a sentence."""
    return text[:1].lower() + text[1:]


def bare(title: str) -> str:
    """A title without the punctuation it ends on."""
    return one_line(title).rstrip(" :;.,")


def bracketed(text: str) -> str:
    """In one pair of brackets, whether it was written with them or not."""
    words = one_line(text)
    return words if words.startswith("(") else f"({words})"


def ended(sentence: str) -> str:
    """The sentence with an end to it."""
    return sentence if sentence.endswith((".", "!", "?", "…", ";", ":")) else f"{sentence}."


def number(value: float) -> str:
    """As written in Vietnam: 80,5 and 100, with every digit that is judged."""
    return digits(value, "vi")
