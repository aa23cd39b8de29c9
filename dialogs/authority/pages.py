"""The pages of a decision in the making: a text that is asked for, and the whole before it is confirmed."""

from collections.abc import Iterable

from dialogs.authority.card import about, clauses, rules_of
from dialogs.authority.context import judged
from dialogs.authority.guard import OpenReview, drawn
from dialogs.authority.objections import against, objection_values
from dialogs.authority.pending import WRITTEN, Pending, keeping
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.chain import for_values
from dialogs.shown.ruling import rating_words
from rules.campaign.deciding import Objection
from rules.forms.form import Form
from rules.nouns.reviews import Json, Outcome, Review
from rules.nouns.text import shorten

#: Most characters of each text: what still reads well in the document.
MAX_CHARS = {"remarks": 2000, "measures": 1500, "prospects": 1000, "reason": 1000, "document": 200, "signer": 200}

#: What only some forms have a place for (rules.forms.form.Item.takes).
PLACED = ("measures", "prospects")


def wanting(one: OpenReview, made: Pending, found: Iterable[Objection]) -> str:
    """The text without which nothing is decided: a reason, or what a written decision from outside is; "": none."""
    needed = [
        *(["reason"] if any(found) or one.review.ruling else []),
        *(["document", "signer"] if one.outside else []),
    ]
    return next((what for what in needed if not made.text(what)), "")


def ask(books: Books, state: State, one: OpenReview, made: Pending, what: str) -> Turn:
    """The next text is this one."""
    _, form = rules_of(books, one.review)
    found = against(books, state, one, made)
    values: dict[str, Json] = {
        **about(books, one),
        "what": what,
        "max": MAX_CHARS[what],
        "now": made.text(what),
        "again": one.review.ruling is not None,
        "objections": objection_values(form, found) if what == "reason" else [],
    }
    whole = made.ratings and not wanting(one, made, found)
    cancel = Key("head/cancel", drawn("decide_page", one) if whole else Button("decide_card", one.review.id))
    return Turn((Reply("decide/ask", values, ((cancel,),)),), (keeping(one, made, f"decide_{what}"),))


def preview(
    books: Books, state: State, one: OpenReview, made: Pending, found: Iterable[Objection], *, changed: bool = False
) -> Reply:
    """The whole decision, as it would be kept; its button confirms exactly this. `changed`: another one was confirmed."""
    _, form = rules_of(books, one.review)
    values: dict[str, Json] = {
        **about(books, one),
        "ratings": chosen_values(books, state, one, made),
        "objections": objection_values(form, found),
        "texts": {what: made.text(what) for what in WRITTEN},
        "offered": shorten(offered(one.review)) if not made.text("remarks") else "",
        "outside": one.outside,
        "changed": changed,
        "petition": bool(made.petition),
        **for_values(one.for_whom, state.names),
    }
    return Reply("decide/confirm", values, _keyboard(form, one, made))


def chosen_values(books: Books, state: State, one: OpenReview, made: Pending) -> list[Json]:
    """The chosen ratings, each with the clauses it rests on."""
    _, form = rules_of(books, one.review)
    judgements = judged(books, state, one.review)
    return [
        {**rating_words(form, key, rating), "cites": list(clauses(judgements.get(key), rating))}
        for key, rating in made.ratings.items()
    ]


def offered(review: Review) -> str:
    """The comment of the last step that wrote one: offered as the authority's own remarks."""
    last = review.last_decision
    said = [one.comment for one in review.endorsements]
    said += [last.comment] if last and last.outcome is Outcome.APPROVED else []
    return next((comment for comment in reversed(said) if comment), "")


def _keyboard(form: Form, one: OpenReview, made: Pending) -> tuple[tuple[Key, ...], ...]:
    places = {item.takes for section in form.sections for item in section.items}
    written = ["remarks", *(what for what in PLACED if what in places)]
    written += ["reason"] if made.text("reason") else []
    written += ["document", "signer"] if one.outside else []
    take = offered(one.review) and not made.text("remarks")
    rows = (
        (Key("decide/confirm", drawn("decide_confirm", one, made.mark), {"outside": one.outside}),),
        (Key("decide/take", drawn("decide_take", one)),) if take else (),
        *(
            (Key("decide/write", drawn("decide_write", one, what), {"what": what, "again": bool(made.text(what))}),)
            for what in written
        ),
        (
            Key("decide/choose_again", drawn("decide_choose", one)),
            Key("head/cancel", Button("decide_card", one.review.id)),
        ),
    )
    return tuple(row for row in rows if row)
