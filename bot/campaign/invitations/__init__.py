"""Invitations of an office: who has come in and who needs a code, new codes, and printed slips."""
