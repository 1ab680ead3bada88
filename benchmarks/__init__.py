"""Speed and memory, measured beside the bare host models in one run. Each module is one command."""
