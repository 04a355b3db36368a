# Pure functions: no env, no network. Import the modules directly.
