"""A campaign before it is open: what decides who fills which form, who gets none, and what the desk is told or asked first."""
