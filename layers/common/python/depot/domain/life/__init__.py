"""An offer: what is sought, its states, its four weeks."""
