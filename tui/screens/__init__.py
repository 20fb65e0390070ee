"""The main screen and the few that open over it."""
