"""Polls beside the campaign: who is told what came of one."""
