using HxOps.Benchmarks;

return args is ["--help"] or ["-h"] ? BenchmarkOptions.Explain() : await Benchmark.RunAsync(BenchmarkOptions.Parse(args));
