"""Conversations with their turns, deliveries, replies still to be sent, and uploaded files."""
