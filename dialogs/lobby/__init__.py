"""Everything before and beside the review: the welcome, the menu, reminders and how to postpone them."""
