"""What is done differently in each language: its pipeline and how it is recognised."""
