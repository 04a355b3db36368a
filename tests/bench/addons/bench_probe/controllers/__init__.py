from . import bench_probe
