"""A confirmed sheet done anew: the person asks with a reason, whoever confirmed it agrees or not; both versions stay."""
