"""The firm's OPCO: identified, told of the need, heard."""
