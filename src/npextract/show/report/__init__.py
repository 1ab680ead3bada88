"""The report for people: one HTML file that carries its own style, script and data, and fetches nothing."""
