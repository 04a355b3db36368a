def unpacked(series):
    raise NotImplementedError
