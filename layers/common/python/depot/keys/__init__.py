"""Who may act: the links in mails, the keys of partners."""
