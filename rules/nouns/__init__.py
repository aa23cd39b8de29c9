"""The values that all other packages share: people, reviews, rulings, days, mistakes. They do not depend on any
rulebook.
"""
