package import Conversation
package import Model
internal import OS
internal import Time

/// Limits, as `Patience` counts them.
private enum Limits {
  /// For a plugin to say what it is.
  static let answer = Nanoseconds.seconds(10)
  /// For a plugin to end after that.
  static let farewell = Nanoseconds.seconds(1)
  /// For the process that asks it, until the user is told.
  static let silence = Nanoseconds.seconds(2)
  /// For that process from then on: it gives up by itself before that.
  static let rest = Nanoseconds.seconds(13)
  /// For that process to end all that the plugin started.
  static let cleaning = Nanoseconds.seconds(5)
}

/// Asks a plugin what it is, and sees to its end. To be called by a process that has nothing else to do.
package func offer(ofPlugin path: String, environment: [String]) throws -> PluginOffer {
  var program = try PluginProgram(path, environment: environment, standardError: .kept)
  do {
    program.send(.describe)
    var conversation = ExternalConversation()
    let expected = conversation.expected ?? ""
    switch try conversation.receive(program.receive(expecting: expected, within: Limits.answer)) {
    case .prepare(let offer):
      _ = program.end(within: Limits.farewell)
      return offer
    case .giveUp(let reason): throw PluginError.complaint(reason)
    case .start, .record, .finish: throw PluginError.silent(expected: expected)
    }
  } catch {
    throw PluginError.described("\(error)", lastWords: program.lastWords)
  }
}

/// Returns what a plugin offers.
///
/// - Parameters:
///   - concrun: its executable, which does the asking in a process of its own: whatever the plugin starts ends with it.
///   - environment: all of it, as `NAME=value`.
///   - whenSlow: is called when it has said nothing for two seconds in which it could have run.
package func describe(
  plugin path: String, by concrun: String, environment: [String], whenSlow: () -> Void
) throws -> [PluginDescription] {
  var process = try PluginProgram(
    concrun, [HiddenCommand.describe.rawValue, path], environment: environment, standardError: .discarded)
  let message: PluginMessage
  do {
    message = try process.receive(expecting: "description", within: Limits.silence)
  } catch PluginError.silent {
    whenSlow()
    message = try process.receive(expecting: "description", within: Limits.rest)
  }
  _ = process.end(within: Limits.cleaning)
  switch message {
  case .description(let offer): return try offer.descriptions(executable: path)
  case .error(let complaint): throw PluginError.complaint(complaint.message)
  case .ready, .tasks, .done: throw PluginError.silent(expected: "description")
  }
}
