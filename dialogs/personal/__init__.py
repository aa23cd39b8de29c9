"""One's data: what is kept of them, a copy of it, what they ask about it; and the desk that answers. /dulieu"""
