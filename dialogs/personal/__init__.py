"""Personal data (/dulieu): a person sees what is kept of them, gets a copy and files requests; the desk answers them."""
