"""The chain of a draft: who has it now, in which role and for whom they act, and who gets it next."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.guard import allowed
from dialogs.core.state import State
from dialogs.shown.new_code import device_values
from rules.campaign.permissions import Action
from rules.nouns.reviews import Decision, Json, Review, ReviewStatus
from rules.nouns.rulings import Endorsement


def has_it(state: State, review: Review) -> bool:
    """Whether the draft is this person's to decide now, or an absent head's for whom they act. One's own never is."""
    return allowed(state, review, Action.APPROVE)


def acting_for(state: State, review: Review) -> int | None:
    """The absent head for whom this person acts on the review; None: they act for themself."""
    himself = state.person is not None and review.approver_id == state.person.id
    return review.approver_id if review.approver_id in state.acts_for and not himself else None


def to_see(state: State) -> tuple[Review, ...]:
    """What waits for this person. A stand-in's own draft waits for the absent head."""
    waiting = (review for review in state.waiting if has_it(state, review))
    return tuple(review for review in waiting if allowed(state, review, Action.READ_PROGRESS))


def version_and_step(review: Review) -> str:
    """Version and step a button was drawn from: `2`, at a later step `2.1`. Who has two steps of a chain presses
    each of them apart.
    """
    version = review.draft.version if review.draft else 0
    return f"{version}.{review.step}" if review.step else str(version)


def handed_on(state: State, review: Review) -> Review:
    """The review as it is once this step has agreed: the next one has it, without a comment yet."""
    person, draft, after = state.person, review.draft, review.next_step
    assert person is not None, "an approver is known"
    assert draft is not None, "a step agrees with a draft"
    assert after is not None, "the last step approves"
    agreed = Endorsement(
        version=draft.version,
        step=review.step,
        role=review.approver_role,
        by=person.id,
        by_name=person.name,
        by_position=person.position,
        at=state.now,
        comment=review.comment,
        for_whom=acting_for(state, review),
        device=state.device,
    )
    return replace(
        review,
        step=review.step + 1,
        approver_id=after.person,
        approver_role=after.role,
        endorsements=(*review.endorsements, agreed),
        comment="",
    )


def afresh(review: Review) -> Review:
    """The review with all steps still to take, as a new version finds it."""
    if not review.steps:
        return review
    first = review.steps[0]
    return replace(review, step=0, approver_id=first.person, approver_role=first.role, endorsements=())


def chain_values(review: Review, names: Mapping[int, str], for_whom: int | None) -> dict[str, Json]:
    """Which step this is and as what one acts, who agreed before and who comes next."""
    after = review.next_step
    return {
        "role": review.approver_role,
        "step": review.step + 1,
        "steps": max(1, len(review.steps)),
        "next": {"role": after.role, "name": names.get(after.person, "")} if after else None,
        "endorsed": [endorsed_values(one, names) for one in review.endorsements],
        **for_values(for_whom, names),
    }


def endorsed_values(one: Endorsement, names: Mapping[int, str]) -> dict[str, Json]:
    """What a step that agreed left: who, as what, when, which remark."""
    return {
        "by": one.by_name,
        "position": one.by_position,
        "role": one.role,
        "at": one.at.isoformat(),
        "comment": one.comment,
        "device": device_values(one.device),
        **for_values(one.for_whom, names),
    }


def for_values(for_whom: int | None, names: Mapping[int, str]) -> dict[str, Json]:
    """Whether something is done for somebody else, and for whom where the name is known."""
    return {"covering": for_whom is not None, "for_name": names.get(for_whom or 0, "")}


def undecided(review: Review) -> bool:
    """Whether the newest draft waits for its approver."""
    return review.status is ReviewStatus.SUBMITTED


def decided_values(decision: Decision, names: Mapping[int, str]) -> dict[str, Json]:
    """A decision as templates take it."""
    return {
        "outcome": decision.outcome.value,
        "by": decision.by_name,
        "position": decision.by_position,
        "at": decision.at.isoformat(),
        "comment": decision.comment,
        "version": decision.version,
        "device": device_values(decision.device),
        **for_values(decision.for_whom, names),
    }
