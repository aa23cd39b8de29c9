"""A campaign and its people, kept: opening, enrolling, the roster, invitations. Used by the turn, the day and the commands."""
