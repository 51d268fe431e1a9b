"""Mails to send, and who is written to no more."""
