"""Deciding a review: the judgement of a rating, objections to a decision, the state of the quotas, and who is told."""
