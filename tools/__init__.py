"""What `make` runs: set-up, demo, tests. Standard library only: a bare Python can start it."""
