"""Who said what: direct and indirect quotes and their speakers."""
