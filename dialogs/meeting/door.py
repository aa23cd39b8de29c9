"""The room of the meeting: its verbs, texts and command."""

from dialogs.core.handlers import OnCommand, OnPress, OnText
from dialogs.meeting import attendance, by_votes, concluding, home, items, minutes, page, steering
from dialogs.meeting.asking import MOST_REASON, usable, usable_of_item
from dialogs.meeting.guard import CALLABLE, CALLED, ITEMS, MEETINGS
from rules.campaign.permissions import Action

_A = Action

VERBS: dict[str, OnPress] = {
    "meeting_home": home.on_home,
    "meeting_new": CALLABLE.looking(home.ask_new, _A.CALL_MEETING),
    "meeting_called": CALLED.looking(page.look, _A.READ_MEETING),
    "meeting_look": MEETINGS.looking(page.look, _A.READ_MEETING),
    "meeting_program": MEETINGS.looking(page.program, _A.READ_MEETING),
    "meeting_when": MEETINGS.acting(home.ask_when, _A.CHAIR_MEETING),
    "meeting_invitations": MEETINGS.acting(steering.invitations, _A.CHAIR_MEETING),
    "meeting_agenda": MEETINGS.acting(steering.agenda, _A.CHAIR_MEETING),
    "meeting_earlier": MEETINGS.acting(steering.earlier, _A.CHAIR_MEETING),
    "meeting_order_why": MEETINGS.acting(steering.ask_order_why, _A.CHAIR_MEETING),
    "meeting_open": MEETINGS.acting(steering.open_it, _A.CHAIR_MEETING),
    "meeting_interrupt": MEETINGS.acting(steering.ask_interrupt, _A.CHAIR_MEETING),
    "meeting_close": MEETINGS.acting(steering.ask_close, _A.CHAIR_MEETING),
    "meeting_close_now": MEETINGS.acting(steering.closed, _A.CHAIR_MEETING),
    "meeting_cancel": MEETINGS.acting(steering.ask_cancel, _A.CHAIR_MEETING),
    "meeting_take": MEETINGS.acting(steering.ask_take, _A.CALL_MEETING),
    "meeting_chair": MEETINGS.acting(steering.ask_chair, _A.CHAIR_MEETING),
    steering.WALL: MEETINGS.acting(steering.wall, _A.WRITE_MINUTES),
    "meeting_people": MEETINGS.looking(attendance.people, _A.WRITE_MINUTES),
    "meeting_person": MEETINGS.looking(attendance.person, _A.WRITE_MINUTES),
    "meeting_came": MEETINGS.acting(attendance.came, _A.SPEAK),
    "meeting_left": MEETINGS.acting(attendance.left, _A.SPEAK),
    "meeting_absent": MEETINGS.acting(attendance.ask_absent, _A.SPEAK),
    "meeting_secretary": MEETINGS.acting(attendance.secretary, _A.CHAIR_MEETING),
    "meeting_invite": MEETINGS.acting(attendance.invite, _A.CHAIR_MEETING),
    "meeting_guest": MEETINGS.acting(attendance.guest, _A.CHAIR_MEETING),
    "meeting_item": ITEMS.looking(items.look, _A.READ_MEETING),
    "meeting_turn": ITEMS.acting(items.turn, _A.CHAIR_MEETING),
    "meeting_turn_why": ITEMS.acting(items.ask_turn_why, _A.CHAIR_MEETING),
    "meeting_comment": ITEMS.acting(items.ask_comment, _A.SPEAK),
    "meeting_take_down": ITEMS.acting(items.take_down, _A.WRITE_MINUTES),
    "meeting_withdraw": ITEMS.acting(items.withdraw, _A.SPEAK),
    "meeting_answer": ITEMS.acting(items.ask_answer, _A.SPEAK),
    "meeting_answer_of": ITEMS.acting(items.ask_answer, _A.WRITE_MINUTES),
    "meeting_conclude": ITEMS.acting(concluding.conclude, _A.CHAIR_MEETING),
    "meeting_rate": ITEMS.acting(concluding.rate, _A.CHAIR_MEETING),
    "meeting_concluded": ITEMS.acting(concluding.concluded, _A.CHAIR_MEETING),
    "meeting_reopen": ITEMS.acting(concluding.ask_reopen, _A.CHAIR_MEETING),
    "meeting_votes": MEETINGS.acting(by_votes.preview, _A.CHAIR_MEETING),
    "meeting_votes_now": MEETINGS.acting(by_votes.put, _A.CHAIR_MEETING),
    "meeting_up": ITEMS.acting(concluding.take_up, _A.SPEAK),
    "meeting_up_anew": ITEMS.acting(concluding.take_up, _A.SPEAK),
    "meeting_minutes": MEETINGS.looking(minutes.look, _A.READ_MEETING),
    "meeting_pdf": MEETINGS.looking(minutes.look_pdf, _A.READ_MEETING),
    "meeting_words": MEETINGS.acting(minutes.words, _A.WRITE_MINUTES),
    "meeting_word": MEETINGS.acting(minutes.ask_word, _A.WRITE_MINUTES),
    "meeting_proposal": MEETINGS.acting(minutes.ask_proposal, _A.WRITE_MINUTES),
    "meeting_lay": MEETINGS.acting(minutes.lay, _A.WRITE_MINUTES),
    "meeting_agree": MEETINGS.acting(minutes.agree, _A.SPEAK),
    "meeting_remark": MEETINGS.acting(minutes.ask_remark, _A.SPEAK),
    "meeting_adopt": MEETINGS.acting(minutes.ask_adopt, _A.CHAIR_MEETING),
    "meeting_adopt_now": MEETINGS.acting(minutes.adopted, _A.CHAIR_MEETING),
}

TEXTS: dict[str, OnText] = {
    home.NEW: CALLABLE.looking(home.called, _A.CALL_MEETING),
    home.WHEN: MEETINGS.acting(home.planned, _A.CHAIR_MEETING),
    "meeting_order_why": MEETINGS.acting(usable(steering.order_kept, MOST_REASON), _A.CHAIR_MEETING),
    "meeting_interrupt": MEETINGS.acting(usable(steering.interrupted, MOST_REASON), _A.CHAIR_MEETING),
    "meeting_cancel": MEETINGS.acting(usable(steering.cancelled, MOST_REASON), _A.CHAIR_MEETING),
    "meeting_take": MEETINGS.acting(usable(steering.taken, MOST_REASON), _A.CALL_MEETING),
    "meeting_chair": MEETINGS.acting(usable(steering.handed_over, MOST_REASON), _A.CHAIR_MEETING),
    "meeting_absent": MEETINGS.acting(usable(attendance.absent, MOST_REASON), _A.SPEAK),
    "meeting_turn_why": ITEMS.acting(usable_of_item(items.turned, MOST_REASON), _A.CHAIR_MEETING),
    "meeting_comment": ITEMS.acting(usable_of_item(items.commented), _A.SPEAK),
    "meeting_answer": ITEMS.acting(usable_of_item(items.answered), _A.SPEAK),
    concluding.STRENGTHS: ITEMS.acting(usable_of_item(concluding.strengths), _A.CHAIR_MEETING),
    concluding.SHORTCOMINGS: ITEMS.acting(usable_of_item(concluding.shortcomings), _A.CHAIR_MEETING),
    concluding.RATING: ITEMS.acting(concluding.typed_rating, _A.CHAIR_MEETING),
    "meeting_reopen": ITEMS.acting(usable_of_item(concluding.reopened, MOST_REASON), _A.CHAIR_MEETING),
    "meeting_word": MEETINGS.acting(usable(minutes.word_kept), _A.WRITE_MINUTES),
    "meeting_proposal": MEETINGS.acting(usable(minutes.proposed), _A.WRITE_MINUTES),
    "meeting_remark": MEETINGS.acting(usable(minutes.remarked), _A.SPEAK),
}

COMMANDS: dict[str, OnCommand] = {"hop": home.home}
