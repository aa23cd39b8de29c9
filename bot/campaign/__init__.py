"""Campaigns with their people: opening them, enrolling people, and producing their results. Used by turns, daily work
and commands.
"""
