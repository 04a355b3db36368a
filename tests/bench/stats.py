"""What is said of a row of figures. Used by the measurements and the report."""

import math
import statistics


def percentile(values, percent):
    """:return: the smallest value that so many percent of all don't exceed"""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def spread(values):
    """:return: the lowest, the middle and the highest"""
    return {"min": min(values), "median": statistics.median(values), "max": max(values)}


def ratios(pairs):
    """:return: how many times each pair's first value its second one is"""
    return [second / first for first, second in pairs]
