"""The firm behind a SIRET: found, verified, corrected, placed on the map."""
