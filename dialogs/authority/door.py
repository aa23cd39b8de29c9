"""The authority's side: what waits for a decision, the card of each, the decision. Where every button leads."""

from dialogs.authority import every as decide_every
from dialogs.authority import looking as decide_looking
from dialogs.authority import writing as decide_writing
from dialogs.authority.choosing import choose, rate
from dialogs.authority.confirming import confirm
from dialogs.authority.list import quyetdinh, show_list
from dialogs.authority.opening import deciding, looking
from dialogs.authority.pending import READY, WRITTEN
from dialogs.core.handlers import OnCommand, OnPress, OnText

VERBS: dict[str, OnPress] = {
    "decide_list": show_list,
    "decide_card": looking(decide_looking.show_card),
    "decide_papers": looking(decide_looking.show_papers),
    "decide_why": looking(decide_looking.show_why),
    "decide_choose": deciding(choose),
    "decide_rate": deciding(rate),
    "decide_page": deciding(decide_writing.page),
    "decide_write": deciding(decide_writing.write),
    "decide_take": deciding(decide_writing.take),
    "decide_again": deciding(decide_writing.again),
    "decide_confirm": deciding(confirm),
    "decide_all": decide_every.ask,
    "decide_every": decide_every.every,
}

TEXTS: dict[str, OnText] = {
    **{f"decide_{what}": decide_writing.keep(what) for what in WRITTEN},
    READY: decide_writing.expected,
}

COMMANDS: dict[str, OnCommand] = {"quyetdinh": quyetdinh}
