"""What units send up: put together of what is kept at one instant, printed of what was sent."""
