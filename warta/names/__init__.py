"""Who and what is named, and which mentions are one thing."""
