"""Many documents: reading a folder in one go."""
