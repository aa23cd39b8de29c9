"""Who is told of what on a day: what is owed, what is late, how units stand."""
