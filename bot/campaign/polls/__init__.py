"""Polls beside the campaign: who is told what came of one, blank slips for a ballot on paper."""
