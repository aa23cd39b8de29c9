"""A rulebook as values: clauses, facts, milestones, quotas, points, procedure. Nothing is read from files here."""
