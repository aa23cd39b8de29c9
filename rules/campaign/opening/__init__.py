"""Before a campaign is opened: who fills in which form, who gets none, and what the desk is told or asked first."""
