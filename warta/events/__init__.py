"""What happened: triggers with their types, participants, dates and places."""
