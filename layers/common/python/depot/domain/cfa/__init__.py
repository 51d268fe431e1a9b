"""Training centres: their trainings, how they are found, who is asked, what they answered."""
