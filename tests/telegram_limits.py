"""Telegram's limits for a reply. Everything said in transcripts and in the properties of conversations is checked
against them, in both languages. This also checks that every message and every button has words in both.
"""

from bot.door.words import word
from bot.telegram.sending import TextMessage, draw
from bot.telegram.texts import MOST, units
from dialogs.core.buttons import MAX_BYTES
from dialogs.core.turn import Reply

#: The most buttons of a message, and the most in a row that can still be read and pressed.
BUTTONS, IN_A_ROW = 100, 8


def require_one_message(reply: Reply) -> None:
    """Checks that a screen is one message that can be sent and edited. A text without buttons may be several. Raises
    AssertionError.
    """
    for language in ("vi", "en"):
        worded = word(reply, language)
        assert worded.html, f"{reply.template} is empty in {language}"
        messages = [one for one in draw(worded) if isinstance(one, TextMessage)]
        sizes = [units(one.html) for one in messages]
        assert all(0 < size <= MOST for size in sizes), (reply.template, sizes)
        if worded.keyboard or worded.replaces:
            assert len(messages) == 1, f"{reply.template} takes {len(messages)} messages of {sizes} in {language}"
        keys = [key for row in worded.keyboard for key in row]
        assert len(keys) <= BUTTONS, f"{reply.template} has {len(keys)} buttons"
        assert all(len(row) <= IN_A_ROW for row in worded.keyboard), reply.template
        assert all(key.label.strip() and 0 < len(key.data.encode()) <= MAX_BYTES for key in keys), reply.template
