"""What the addon promises about speed, measured on a running system: `make bench`."""
