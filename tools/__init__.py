"""What `make` runs: set-up, demo, tests. Standard library only, so that a bare Python can start it."""
