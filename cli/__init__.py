"""The command line, a file a theme. The only place that prints."""
