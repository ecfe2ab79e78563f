package import PluginKit

/// The built-in workloads: one file each, one line each.
package let builtInWorkloads: [any Workload.Type] = [
  DownloadWorkload.self,
  NativeWorkload.self,
  NullWorkload.self,
  SleepWorkload.self,
  SumOfSquaresWorkload.self,
]
