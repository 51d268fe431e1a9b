"""What the service does: a room a capability; one module per function, same name."""
