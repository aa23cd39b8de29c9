"""Inquiries: the paper on which an outside body gives its opinion, filled in by a link or left blank for filling in by
hand.
"""
