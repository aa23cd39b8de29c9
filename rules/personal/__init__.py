"""What is kept of people, why, how long and who reads it; and what they may ask about it, with the law's days."""
