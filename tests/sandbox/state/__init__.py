"""The marketplace's own data, without HTTP."""
