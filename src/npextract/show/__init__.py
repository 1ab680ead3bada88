"""What people look at: a highlighted text, a table."""
