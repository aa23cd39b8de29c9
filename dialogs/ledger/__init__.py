"""The ledger of a person's work in a month or quarter, and the catalogue of products in which an office counts it.
Start at `door`.
"""
