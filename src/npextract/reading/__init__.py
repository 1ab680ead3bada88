"""From bytes to text that can be matched, with a way back to every character of the source."""
