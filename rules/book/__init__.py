"""A rulebook as plain values: clauses, facts, milestones, quotas, points, procedure. `rules.reading` loads them from
files.
"""
