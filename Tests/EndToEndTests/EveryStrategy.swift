/// The built-in strategies that run a workload's tasks, and both ways in which processes get them.
enum EveryStrategy {
  /// The largest number of workers of each, by label.
  static let workers = ["sync": 1, "threads": 3, "dispatch": 2, "async": 5, "tasks": 4, "processes": 2, "pipes": 2]

  /// The section of an experiment file that has them all. It ends with a line feed.
  static let section = """
    strategies:
      sync:
      threads: { max_workers: 3 }
      dispatch: { max_workers: 2 }
      async: { max_workers: 5 }
      tasks: { max_workers: 4, threads: 2 }
      processes: { max_workers: 2 }
      pipes: { plugin: processes, max_workers: 2, transport: pipe }

    """
}
