internal import Conversation
internal import ExternalPlugins
internal import OS

/// `concrun __describe PROGRAM`: asks an external plugin what it is, and passes that on. When the one that wanted to know
/// hangs up, or is gone, all that the plugin started is ended.
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
