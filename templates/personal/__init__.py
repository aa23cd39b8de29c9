"""Texts about personal data outside the chat: the documentation page, and the copy handed to a person."""
