package import PluginKit

/// The built-in workloads: one file each, one line each.
package let builtInWorkloads: [any Workload.Type] = [
  DownloadWorkload.self,
  SumOfSquaresWorkload.self,
  SleepWorkload.self,
  ReadFilesWorkload.self,
  MixedWorkload.self,
  SharedCounterWorkload.self,
  CommandWorkload.self,
  NativeWorkload.self,
  NullWorkload.self,
]
