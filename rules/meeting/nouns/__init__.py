"""What a meeting is: its people, the things on its agenda, and the whole as it stands."""
