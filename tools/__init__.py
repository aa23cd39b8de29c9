"""What making the house takes, besides the house."""
