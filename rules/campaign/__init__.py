"""What follows for a campaign: who owes what, who may do what, through whom it goes, what stands against a decision."""
