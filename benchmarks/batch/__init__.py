"""What `npextract batch` promises, measured: `python -m benchmarks.batch`."""
