import Model
import Testing

/// What a file says reaches the processes as it is meant: references, escapes, names of all languages.
struct FileTextTests {
  private static let wide = """
    workloads:
      c: { plugin: command, tasks: 2, command: [sh, -c, 'echo "c $N $W $P" >> seen'] }
    strategies:
      sync:
      threads: { max_workers: [2, 3] }
      p: { plugin: program, command: [sh, -c, 'echo "p $N $W $P" >> seen'], max_workers: 4 }
    variables: { word: [x, y] }
    env: { N: "${max_workers}", W: "${word}", P: plain }
    hooks:
      before_run: [sh, -c, 'echo "run ${N-none} ${P}" >> seen']
      before_trial: [sh, -c, 'echo "hook $N ${word} $CONCRUN_STRATEGY" >> seen']
    baseline: sync
    trials: 1
    warmup: 0
    """

  /// Hooks, commands and programs of each trial have the environment of its cell.
  @Test func eachCellHasItsEnvironment() async throws {
    let bench = try Workbench()
    let text = Self.wide.replacing("${N-none} ${P}", with: "$${N-none} $${P}")
    let outcome = try await bench.concrun(try bench.write("e.yaml", text), "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let seen = try await bench.shell("sort seen | uniq -c | sed 's/^ *//'").output.split(separator: "\n").map(
      String.init)
    let words = ["x", "y"]
    let expected =
      words.flatMap { word in
        [
          "2 c 1 \(word) plain", "2 c 2 \(word) plain", "2 c 3 \(word) plain", "1 p 4 \(word) plain",
          "1 hook 1 \(word) sync", "1 hook 2 \(word) threads", "1 hook 3 \(word) threads", "1 hook 4 \(word) p",
        ]
      } + ["1 run none plain"]
    #expect(Set(seen) == Set(expected))
    #expect(seen.count == expected.count)
    let manifest = try await bench.shell("grep -c '\"N\" : \"3\"' results/e/latest/manifest.json")
    #expect(manifest.output == "2\n")
  }

  /// A cell that has another environment now is another cell.
  @Test func resumingComparesEnvironments() async throws {
    let bench = try Workbench()
    let text = """
      workloads: { c: { plugin: command, tasks: 1, command: [test, "$N"] } }
      strategies: { threads: { max_workers: [1, 2] } }
      env: { N: "${max_workers}" }
      hooks: { before_trial: [sh, -c, "test $CONCRUN_BLOCK != 2 || kill -INT $PPID"] }
      warmup: 0
      """
    _ = try await bench.concrun(try bench.write("e.yaml", text), "--quiet")
    _ = try bench.write("e.yaml", text.replacing("\"${max_workers}\"", with: "\"0${max_workers}\""))
    #expect(try await bench.concrun("e.yaml", "--quiet", "--resume").exit != 0)
  }

  @Test func escapedReferencesReachTheShell() async throws {
    let bench = try Workbench()
    let outcome = try await bench.concrun(
      try bench.write(
        "e.yaml",
        """
        workloads:
          c: { plugin: command, tasks: 1, command: [bash, -c, 'false | true; echo "$${PIPESTATUS[0]} $${#HOME} $${task} ${task}" > seen'] }
        strategies: [sync]
        trials: 1
        warmup: 0
        """), "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let length = try await bench.shell("cat seen").output.split(separator: " ")
    #expect(length.first == "1")
    #expect(length.last == "0\n")
  }

  /// From the file's name to the tables, and back from what was written.
  @Test func namesOfAllLanguages() async throws {
    let bench = try Workbench()
    let name = try bench.write(
      "größe 2 日本.yaml",
      """
      workloads: { "kurze Pause": { plugin: sleep, tasks: 2, duration: 1ms } }
      strategies: { eins nach dem anderen: { plugin: sync }, スレッド: { plugin: threads, max_workers: 2 } }
      baseline: eins nach dem anderen
      record: tasks
      trials: 2
      warmup: 0
      """)
    let outcome = try await bench.concrun(name, "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let run = "results/größe 2 日本"
    let summary = try await bench.concrun("summary", run, "--format", "csv")
    #expect(summary.exit == 0, "\(summary.error)")
    #expect(summary.output.contains(",kurze Pause,スレッド,"))
    #expect(summary.output.contains("kurze%20Pause/eins%20nach%20dem%20anderen,"))
    let compared = try await bench.concrun("compare", run, run)
    #expect(compared.exit == 0, "\(compared.error)")
    let timeline = try await bench.concrun("timeline", run)
    #expect(timeline.exit == 0, "\(timeline.error)")
    let only = try await bench.concrun("plan", name, "--only", "strategy=スレッド", "--only", "workload=kurze Pause")
    #expect(only.output.contains("kurze%20Pause/スレッド/max_workers=2"))
    let resumed = try await bench.concrun(name, "--quiet", "--resume", "--trials", "3")
    #expect(resumed.exit == 0, "\(resumed.error)")
  }

  /// As other systems write texts: with a byte order mark, and with CR before LF.
  @Test func filesOfOtherSystems() async throws {
    let bench = try Workbench()
    _ = try bench.write("items.txt", "\u{feff}one # first\r\n# none\r\n\r\ntwo\r\n")
    let outcome = try await bench.concrun(
      try bench.write(
        "e.yaml",
        "\u{feff}workloads:\r\n  c:\r\n    plugin: command\r\n    items_from: items.txt\r\n    command:\r\n"
          + "      - sh\r\n      - -c\r\n      - |\r\n        \tprintf '<%s>' \"${item}\" >> seen\r\n        true\r\n"
          + "strategies: [sync]\r\ntrials: 1\r\nwarmup: 0\r\n"), "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try await bench.shell("cat seen").output == "<one><two>")
    _ = try await bench.shell(
      "mkdir foreign; (printf '\\xef\\xbb\\xbf'; sed 's/$/\\r/' results/e/latest/trials.csv) > foreign/trials.csv")
    let foreign = try await bench.concrun("summary", "foreign/trials.csv", "--format", "csv")
    let own = try await bench.concrun("summary", "results/e/latest/trials.csv", "--format", "csv")
    #expect(foreign.exit == 0, "\(foreign.error)")
    #expect(foreign.output == own.output)
  }
}
