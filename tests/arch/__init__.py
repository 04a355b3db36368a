"""The architecture as tests: each rule reads the sources and reports where they break it.

Rules stand in layers, vocabulary, models, walls, habits, shape and packaging; test_repository
runs them all on this repository, the other tests show with small bad samples that each bites.
"""
