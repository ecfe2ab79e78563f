internal import Conversation
internal import ExternalPlugins
internal import OS

/// The process `concrun __describe PROGRAM`: it asks an external plugin for its description, and passes that on.
///
/// When the asking process hangs up or ends, this process ends everything that the plugin started.
enum DescribeProcess {
  static func main(_ arguments: [String]) -> Never {
    do {
      let output = try ThisProcess.claimStandardOutput()
      let (ending, _) = try ThisProcess.endWithStandardInput()
      try output.write(answer(arguments.count > 2 ? arguments[2] : "").line())
      ending.join()
      ThisProcess.exit(0)
    } catch {
      Console.error("describe: \(error)")
      ThisProcess.exit(ExitStatus.bug)
    }
  }

  private static func answer(_ path: String) -> PluginMessage {
    do {
      return .description(
        try offer(ofPlugin: path, environment: ThisProcess.environmentTexts))
    } catch {
      return .error(Complaint("\(error)"))
    }
  }
}
