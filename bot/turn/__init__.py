"""The turn: one event in one transaction, with what is loaded for it and applied from it. Channels reach it through
`bot.door.front`.
"""
