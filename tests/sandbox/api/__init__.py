"""The supplier API of the contract, over HTTP."""
