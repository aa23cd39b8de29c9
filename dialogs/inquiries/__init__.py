"""Opinions asked of bodies outside the office (such as the residence's party cell), by a link without account or on
paper. Start at `door`.
"""
