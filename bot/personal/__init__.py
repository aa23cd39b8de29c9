"""What is kept of people: removed when its time is over, handed to who asks, and what they ask about it."""
