"""What the text says beyond its names: it adds to what is resolved, and changes nothing."""
