"""The invitations of an office: who has come in and who needs a code, fresh codes, the slips to print."""
