"""Checks of a rulebook for mistakes that do not stop it from loading, and the scenarios kept beside it. Start at
`everything`.
"""
