"""Words a reply: the language, and how the reader is addressed, are applied here and nowhere before."""

from bot.door.channel import Worded, WordedKey
from dialogs.core.keys import is_way
from dialogs.core.turn import Reply
from templates.wording import label, message


def word(reply: Reply, tongue: str, *, kept: bool = False) -> Worded:
    """The reply as the person reads it. `kept`: it was sent before, perhaps by an earlier program."""
    return Worded(
        html=message(reply.template, reply.values, tongue, kept=kept),
        keyboard=tuple(
            tuple(
                WordedKey(label(key.label, key.values, tongue, kept=kept), key.button.encode(), is_way(key))
                for key in row
            )
            for row in reply.keyboard
        ),
        attached=reply.attached,
        replaces=reply.replaces,
        awaits_file=reply.awaits_file,
    )
