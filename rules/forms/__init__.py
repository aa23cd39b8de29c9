"""Forms and their answers: sections, questions, which answers are accepted, and which earlier answers are offered
again.
"""
