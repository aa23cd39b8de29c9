"""What units send up after their review, as one; who has and who has not; the meeting in which the authority looks at it."""
