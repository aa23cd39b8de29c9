"""From the answers of a review to a suggested rating: the case, the findings, the caps, and what a higher rating would
need.
"""
