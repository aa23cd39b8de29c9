"""Before and beside the review: the welcome, the menu, reminders and putting them off."""
