"""Telegram: aiogram receives, python-telegram-bot sends. The rest of the shell uses only its `channel`."""

import os

# python-telegram-bot 22 is about to return `retry_after` as a timedelta, and warns at every 429 until one opts in.
os.environ.setdefault("PTB_TIMEDELTA", "1")
