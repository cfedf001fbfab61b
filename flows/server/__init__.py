"""What is between the flows and a Prefect server."""
