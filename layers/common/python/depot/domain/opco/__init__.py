"""Which OPCO answers for a firm, where it reads its mail, what it said of a need."""
