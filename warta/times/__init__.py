"""When: time expressions with their TIMEX3 values, and amounts."""
