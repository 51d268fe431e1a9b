"""Letters as mails: one source text each, rendered to subject, plain text and HTML; sent by SES."""
