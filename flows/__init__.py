"""Prefect flows over the tasks."""
