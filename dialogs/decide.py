"""The authority's side: what waits for a decision, the card of each, the decision. Where every button leads."""

from dialogs import decide_every, decide_looking, decide_writing
from dialogs.decide_choosing import choose, rate
from dialogs.decide_confirming import confirm
from dialogs.decide_list import quyetdinh, show_list
from dialogs.decide_opening import deciding, looking
from dialogs.decide_pending import READY, WRITTEN
from dialogs.handlers import OnCommand, OnPress, OnText

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
