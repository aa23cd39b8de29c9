"""What may stand in a log: what went wrong and where, never what a person wrote, never the token."""

import logging
import traceback

#: At INFO and below these write addresses (with the token) or whole messages.
TALKATIVE = ("httpx", "httpcore", "telegram", "aiogram")


def outline(error: BaseException) -> dict[str, str]:
    """The class of an error and the places it passed. Its text may quote an answer and stays out."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "at": " > ".join(places)}


def hush_libraries() -> None:
    """Let the libraries report trouble only."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
