"""The entrance of the authority's rooms: what waits for a decision, the card of each review, the decision, and the
handler of every button.
"""

from dialogs.authority import every as decide_every
from dialogs.authority import making
from dialogs.authority.card import show_card, show_papers, show_why
from dialogs.authority.confirming import confirm
from dialogs.authority.guard import REVIEWS
from dialogs.authority.list import quyetdinh, show_document, show_list
from dialogs.authority.pending import READY, WRITTEN
from dialogs.core.handlers import OnCommand, OnPress, OnText
from rules.campaign.permissions import Action

VERBS: dict[str, OnPress] = {
    "decide_list": show_list,
    "decide_document": show_document,
    "decide_card": REVIEWS.looking(show_card, Action.READ_DRAFT),
    "decide_papers": REVIEWS.looking(show_papers, Action.READ_PAPERS),
    "decide_why": REVIEWS.looking(show_why, Action.READ_DRAFT),
    "decide_choose": REVIEWS.acting(making.choose, Action.DECIDE),
    "decide_rate": REVIEWS.acting(making.rate, Action.DECIDE),
    "decide_page": REVIEWS.acting(making.page, Action.DECIDE),
    "decide_write": REVIEWS.acting(making.write, Action.DECIDE),
    "decide_take": REVIEWS.acting(making.take, Action.DECIDE),
    "decide_again": REVIEWS.acting(making.again, Action.REDECIDE),
    "decide_confirm": REVIEWS.acting(confirm, Action.DECIDE),
    "decide_all": decide_every.ask,
    "decide_every": decide_every.every,
}

TEXTS: dict[str, OnText] = {
    **{f"decide_{what}": REVIEWS.acting(making.keep(what), Action.DECIDE) for what in WRITTEN},
    READY: making.expected,
}

COMMANDS: dict[str, OnCommand] = {"quyetdinh": quyetdinh}
