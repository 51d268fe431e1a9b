"""Training centres: found in the catalogue, chosen, asked, heard; their way out of our mails."""
