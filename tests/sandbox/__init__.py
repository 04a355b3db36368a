"""Cartona's side of the supplier API as a real HTTP server, for people and for tests.

It shares no code with the addon: it is written from the contract alone.
"""
