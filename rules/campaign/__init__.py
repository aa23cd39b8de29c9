"""What a campaign requires: who owes what, who may do what, through whom a review goes, and what prevents a decision."""
