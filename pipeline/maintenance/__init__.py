"""What keeps a home sound: checks, rebuild, repair, and what killed runs leave behind."""
