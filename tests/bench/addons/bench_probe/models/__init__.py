from . import bench_probe, bench_probe_orders
