"""What the API says of links."""

EMAIL = "jeanne@example.org"
