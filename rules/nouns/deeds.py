"""The names of actions in the audit, grouped by their subject. Entries of earlier versions may have other names."""

from collections.abc import Mapping

DEEDS: Mapping[str, tuple[str, ...]] = {
    "review": (
        *("submitted", "withdrawn", "returned", "comment written", "endorsed", "approved", "fingerprint approved"),
        *("decided", "acknowledged", "reserved", "petition filed", "petition answered", "opinion given"),
        *("asked to do anew", "done anew", "stays", "work written", "papers taken out"),
        *("drafter named", "part given", "part done", "part taken back"),
        *("extended", "extension taken back"),
        *("enclosure handed in", "round begun", "round answered", "round consent", "round settled", "round prolonged"),
        "round slips entered",
        *("round ended", "sheet concluded", "points weighed"),
        *("opinion asked outside", "link withdrawn", "outside answered", "outside scan", "outside received"),
    ),
    "office": (
        *("campaign opened", "campaign undone", "campaign closed", "milestone moved", "last month chosen"),
        *("months recorded", "office set", "roster handed in", "roster imported", "leavers seen off", "catalogue kept"),
        *("work assigned", "stand-in named", "stand-in ended", "broadcast", "snoozed"),
        *("template chosen", "template let go", "template failed", "own table handed in", "own table taken out"),
        *("poll set", "poll amended", "poll led on", "poll counted", "poll counted on"),
        *("meeting called", "meeting went on", "minutes kept", "minutes adopted"),
        *("sent up", "sent up withdrawn", "sent up returned"),
    ),
    "doors": (
        *("invitation issued", "invitations revoked", "newcomer confirmed", "device code issued", "haste asked"),
        *("wait ended early", "code agreed to", "code refused", "account tied", "account untied", "accounts untied"),
        *("other accounts untied", "session ended", "console link issued", "console opened", "console closed"),
        *("console link refused", "console refused", "refused", "slips printed"),
        *("wall link issued", "wall opened"),
    ),
    "data": (
        *("audit read", "audit exported", "data asked", "data request seen", "data request answered"),
        *("data request withdrawn", "data exported", "data removed", "breach recorded"),
    ),
}

#: Attempts that were refused.
REFUSED = ("refused", "console refused", "console link refused", "code refused")
