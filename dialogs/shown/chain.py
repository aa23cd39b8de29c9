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
    """Whether it is this person's turn to decide on the draft, for themselves or for an absent head. Never on their
    own.
    """
    return allowed(state, review, Action.APPROVE)


def acting_for(state: State, review: Review) -> int | None:
    """The absent head for whom this person acts on the review; None: they act for themselves."""
    himself = state.person is not None and review.approver_id == state.person.id
    return review.approver_id if review.approver_id in state.acts_for and not himself else None


def to_see(state: State) -> tuple[Review, ...]:
    """The reviews that wait for this person. A stand-in's own draft waits for the absent head."""
    waiting = (review for review in state.waiting if has_it(state, review))
    return tuple(review for review in waiting if allowed(state, review, Action.READ_PROGRESS))


def version_and_step(review: Review) -> str:
    """The version and step in a button: `2`, or `2.1` at a later step. Thus somebody with two steps in a chain presses
    each separately.
    """
    version = review.draft.version if review.draft else 0
    return f"{version}.{review.step}" if review.step else str(version)


def handed_on(state: State, review: Review) -> Review:
    """The review after this step has agreed: the next step has it, without a comment yet."""
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
    """The review with all steps still to take, as for a new version."""
    if not review.steps:
        return review
    first = review.steps[0]
    return replace(review, step=0, approver_id=first.person, approver_role=first.role, endorsements=())


def chain_values(review: Review, names: Mapping[int, str], for_whom: int | None) -> dict[str, Json]:
    """The step and its role, who agreed before, and who comes next, as values of a template."""
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
    """The record of a step that agreed: who, in which role, when, with which comment."""
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
    """Whether somebody acts for another, and for whom, if the name is known."""
    return {"covering": for_whom is not None, "for_name": names.get(for_whom or 0, "")}


def undecided(review: Review) -> bool:
    """Whether the newest draft waits for its approver."""
    return review.status is ReviewStatus.SUBMITTED


def decided_values(decision: Decision, names: Mapping[int, str]) -> dict[str, Json]:
    """A decision as values of a template."""
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
