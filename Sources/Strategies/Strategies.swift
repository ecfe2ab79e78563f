package import PluginKit

/// The built-in strategies: one file each, one line each.
package let builtInStrategies: [any Strategy.Type] = [
  SyncStrategy.self,
  ThreadsStrategy.self,
  AsyncStrategy.self,
  TasksStrategy.self,
  ProcessesStrategy.self,
  DispatchStrategy.self,
  ProgramStrategy.self,
]
