"""Mails: what they tell, how they leave once, what comes back of them."""
