"""Work that no one waits for: deliveries, reminders. DBOS runs it, our tables remember it."""
