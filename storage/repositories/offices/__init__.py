"""An office: its units, its people and where they were, its products and ledgers, its own Word templates."""
