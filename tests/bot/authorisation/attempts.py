"""The attempts: the person who has the right does something, and then everybody else sends the same events."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rules.campaign.permissions import Action
from tests.bot.authorisation import scripts
from tests.bot.authorisation.trying import Trying
from tests.bot.authorisation.world import ANSWERED, REMARKED


@dataclass(frozen=True)
class Attempt:
    """Something that somebody has the right to do."""

    #: The moment of the review at which it is tried.
    when: str
    #: Who has the right.
    by: str
    script: Callable[[Trying], Awaitable[None]]
    #: The actions under which a refusal may be recorded.
    actions: tuple[Action, ...]
    #: Whose review or person it is about.
    about: str = "review"
    #: For something that is only read: the text that is then shown (a person's short name stands for their name).
    shows: str = ""


#: Name of a row in the table of permissions → its attempt.
ATTEMPTS: dict[str, Attempt] = {
    "read_answers": Attempt(
        "drafting", "self", scripts.reads_answers, (Action.READ_DRAFT, Action.ANSWER), shows=ANSWERED
    ),
    "answer": Attempt("drafting", "self", scripts.answers, (Action.ANSWER,)),
    "submit": Attempt("drafting", "self", scripts.submits, (Action.SUBMIT, Action.READ_DRAFT)),
    "withdraw": Attempt("sent", "self", scripts.withdraws, (Action.WITHDRAW,)),
    "read_draft": Attempt("sent", "head", scripts.reads_draft, (Action.READ_DRAFT,), shows="self"),
    "read_draft_2": Attempt("handed_on", "in_charge", scripts.reads_draft, (Action.READ_DRAFT,), shows="self"),
    "comment": Attempt("sent", "head", scripts.comments, (Action.COMMENT, Action.APPROVE, Action.READ_DRAFT)),
    "comment_2": Attempt(
        "handed_on", "in_charge", scripts.comments, (Action.COMMENT, Action.APPROVE, Action.READ_DRAFT)
    ),
    "return": Attempt("sent", "head", scripts.returns, (Action.RETURN, Action.READ_DRAFT)),
    "return_2": Attempt("handed_on", "in_charge", scripts.returns, (Action.RETURN, Action.READ_DRAFT)),
    "approve": Attempt("sent", "head", scripts.approves, (Action.APPROVE, Action.READ_DRAFT)),
    "approve_2": Attempt("handed_on", "in_charge", scripts.approves, (Action.APPROVE, Action.READ_DRAFT)),
    "decide": Attempt("approved", "authority", scripts.decides, (Action.DECIDE, Action.READ_DRAFT)),
    "redecide": Attempt("decided", "authority", scripts.redecides, (Action.REDECIDE, Action.DECIDE, Action.READ_DRAFT)),
    "read_ruling": Attempt("decided", "authority", scripts.reads_ruling, (Action.READ_DRAFT,), shows="self"),
    "read_result": Attempt("decided", "self", scripts.reads_result, (Action.READ_RATING,), shows=REMARKED),
    "read_rating": Attempt(
        "decided", "desk", scripts.reads_progress, (Action.READ_PROGRESS,), about="", shows="Hoàn thành nhiệm vụ"
    ),
    "acknowledge": Attempt("decided", "self", scripts.acknowledges, (Action.ACKNOWLEDGE,)),
    "reserve": Attempt("decided", "self", scripts.reserves, (Action.ACKNOWLEDGE,)),
    "petition": Attempt("decided", "self", scripts.petitions, (Action.PETITION,)),
    "take_back": Attempt("appealed", "self", scripts.takes_back, (Action.PETITION,)),
    "answer_petition": Attempt("appealed", "authority", scripts.keeps_result, (Action.ANSWER_PETITION,)),
    "rate_anew": Attempt("appealed", "authority", scripts.rates_anew, (Action.ANSWER_PETITION, Action.DECIDE)),
    "give_opinion": Attempt("sent", "old_head", scripts.gives_opinion, (Action.GIVE_OPINION,)),
    "record_opinion": Attempt("sent", "desk", scripts.records_opinion, (Action.GIVE_OPINION, Action.RECORD_OUTSIDE)),
    "record_outside": Attempt(
        "sent", "desk", scripts.records_decision, (Action.DECIDE, Action.READ_DRAFT), about="outside"
    ),
    "set_stand_in": Attempt("sent", "head", scripts.names_stand_in, (Action.SET_STAND_IN,), about="head"),
    "end_stand_in": Attempt("sent", "head", scripts.ends_stand_in, (Action.SET_STAND_IN,), about="head"),
    "open_campaign": Attempt("sent", "desk", scripts.opens_campaign, (Action.OPEN_CAMPAIGN,), about=""),
    "move_dates": Attempt("sent", "desk", scripts.moves_dates, (Action.MOVE_DATES,), about=""),
    "extend": Attempt("sent", "desk", scripts.extends, (Action.MOVE_DATES, Action.INVITE), about="colleague"),
    "close_campaign": Attempt("sent", "desk", scripts.closes_campaign, (Action.CLOSE_CAMPAIGN,), about=""),
    "set_office": Attempt("sent", "desk", scripts.sets_office, (Action.OPEN_CAMPAIGN,), about=""),
    "import_roster": Attempt("sent", "desk", scripts.imports_roster, (), about=""),
    "invite": Attempt("sent", "desk", scripts.invites, (Action.INVITE,), about="self"),
    "revoke": Attempt("sent", "desk", scripts.revokes, (Action.INVITE, Action.UNTIE), about="desk_head"),
    "untie": Attempt("sent", "desk", scripts.unties, (Action.INVITE, Action.UNTIE), about="self"),
    "broadcast": Attempt("sent", "desk", scripts.broadcasts, (Action.BROADCAST,), about=""),
    "read_progress": Attempt("sent", "desk", scripts.reads_progress, (Action.READ_PROGRESS,), about="", shows="self"),
    "own_plan": Attempt("appealed", "self", scripts.ends_a_line, ()),
}

#: Lists and pages that also depend on a right. Only those who have it read them; nobody else tries to.
READINGS: dict[str, Attempt] = {
    "list_waiting": Attempt("sent", "head", scripts.lists_waiting, (), shows="self"),
    "list_coming": Attempt("sent", "authority", scripts.lists_coming, (), shows="self"),
    "list_decided": Attempt("decided", "authority", scripts.lists_decided, (), shows="self"),
    "await_roster": Attempt("sent", "desk", scripts.asks_for_roster, (Action.IMPORT_ROSTER,), about="", shows="Excel"),
}
