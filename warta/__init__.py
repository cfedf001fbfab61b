"""warta: Indonesian news articles in, records out."""
