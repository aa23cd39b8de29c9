"""Telegram: aiogram receives, python-telegram-bot sends. The house knows its `channel` alone."""

import os

# python-telegram-bot 22 is about to give `retry_after` as a timedelta and warns at every 429 until one opts in.
os.environ.setdefault("PTB_TIMEDELTA", "1")
