/// The experiment file that `concrun new` makes, with explanations.
///
/// A line with a `#` right before a key can be switched on by itself.
package enum StarterFile {
  /// Returns the text of a file.
  ///
  /// - Parameters:
  ///   - name: the name of the experiment.
  ///   - path: the path of the file, as the user would type it.
  package static func text(name: String, path: String) -> String {
    """
    # \(name): which way of doing this work is fastest, and with how many workers?
    #
    #   concrun plan \(path)       what would run
    #   concrun \(path) --quick    a first look: 3 trials of everything
    #   concrun \(path)            the experiment itself; results/\(name)/latest/ has the CSV
    #
    # A '#' right before a key: take it away, and the line counts. 'concrun plugins' lists what there is to choose from,
    # 'concrun plugins download' the parameters of one plugin. An editor helps with what 'concrun schema' prints.

    description: How does each strategy scale with its workers?

    # What to do. Every workload meets every strategy.
    workloads:
      pages:                                # a label of your choice
        plugin: download                    # waits for a server
        urls: ["${origin}/page"]            # ${origin} is a server that concrun brings along; or your own URLs
        repeat: 20                          # 20 tasks
        #method: POST                       # with body: "name=ada", or body_from: ada.json
        #cookies: true                      # each worker keeps those that the server sets
      sums:
        plugin: sum_of_squares              # computes
        start: 2_000_000
        count: 20
      #naps: { plugin: sleep, tasks: 20, duration: 2ms }

    # How that server answers.
    origin:
      latency: 5ms                          # a list is an axis: with [1ms, 20ms], everything runs with both
      #size: 64KiB
      #error_rate: 1%

    # Ways to do it. A list where one value is expected is an axis, and so is a range.
    strategies:
      sync:                                 # one task after the other
      threads: { max_workers: [1, 2, 4, 8] }
      async: { max_workers: { from: 1, to: 16, factor: 4 } }        # tasks in flight on one event loop
      processes: { max_workers: [1, 2] }
      #tasks: { threads: 2, max_workers: 16 }                       # the same on several event loops
      #own: { plugin: program, command: [sleep, "0.0${max_workers}"], max_workers: [1, 2] }   # a command of yours

    # Cells to leave out: one thread computes no faster with more tasks on it.
    exclude:
      - { workload: sums, strategy: async, max_workers: ">1" }

    baseline: sync                          # what everything is compared with
    trials: 6                               # of each cell; { precision: 5%, budget: 10min } goes on until it knows enough

    #variables: { length: [1KiB, 64KiB] }   # an axis of whatever says ${length}: "${origin}/page?size=${length}"
    #arrivals: { rate: 200/s }              # tasks come in whether or not a worker is free: how long do users wait?
    #                                       # or ever more: { ramp: { from: 20/s, to: 400/s, over: 1s } }
    #max_rate: 100/s                        # downloads that may begin, for servers that aren't yours
    #record: tasks                          # a row of tasks.csv for each task
    #max_failed: 1%                         # so many tasks may fail before a trial counts as failed
    #timeout: 10s                           # of one trial
    #hooks: { before_run: [echo, hello] }   # commands before and after the run, or each trial
    #env: { OMP_NUM_THREADS: "${max_workers}" }     # for commands and programs; each cell has its own

    """
  }
}
