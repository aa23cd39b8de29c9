"""Commands about rulebooks, and what they say to a case, a list, a ledger: no database is asked."""
