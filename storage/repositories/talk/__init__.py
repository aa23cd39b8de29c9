"""What is said and told: conversations with their turns, deliveries, replies that are owed, files handed in."""
