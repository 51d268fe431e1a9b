"""Who deposits, how he is reached, how long that is kept."""
