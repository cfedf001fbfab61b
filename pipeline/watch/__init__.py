"""Files that arrive in a folder."""
