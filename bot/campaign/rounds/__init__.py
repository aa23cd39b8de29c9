"""Drafts sent round: what may be sent as it reads at this moment, when they end, and all that was said as one table."""
