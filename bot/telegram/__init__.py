"""Telegram: aiogram receives, python-telegram-bot sends."""
