internal import ArgumentParser
internal import ExperimentFile
internal import Model
internal import Reports
internal import YAML

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Validate experiment files, print every problem, run nothing.")

  @OptionGroup var inputs: PathArguments
  @OptionGroup var overriding: OverrideOptions

  func run() throws {
    for experiment in try Inputs.load(inputs.paths, overriding.overrides()) {
      let plan = experiment.plan
      try Console.output(
        "\(experiment.source.name): ok, \(Humanize.plural(plan.cells.count, "cell")), "
          + "\(Humanize.plural(plan.trialCounts, "trial"))\n")
    }
  }
}
