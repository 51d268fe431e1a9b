"""What the service costs and how well it does, measured."""
