# What others say, as a database can keep it: JSON may carry characters that PostgreSQL refuses.


def storable_text(text):
    """Return ``text`` without NUL characters and without halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def storable(data):
    """Return a copy of JSON-like ``data`` with storable texts only."""
    if isinstance(data, str):
        return storable_text(data)
    if isinstance(data, list):
        return [storable(item) for item in data]
    if isinstance(data, dict):
        return {storable_text(key): storable(value) for key, value in data.items()}
    return data
