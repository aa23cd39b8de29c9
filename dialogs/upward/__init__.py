"""The package that a unit sends up after its reviews, which units have sent theirs, and the authority's meeting about
them.
"""
