"""What the service does: one module per function, same name, and the few steps they share."""
