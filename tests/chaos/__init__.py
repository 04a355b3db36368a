"""What must hold whatever breaks: scenarios on real processes, short ones for `make test` too."""
