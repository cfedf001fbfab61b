"""The work of a run, as plain functions: discover, read, deduplicate, annotate, validate, package, load, publish."""
