internal import Conversation
package import Model
internal import OS

/// Asks a plugin what it is.
///
/// - Parameters:
///   - environment: all of it, as `NAME=value`.
///   - patience: seconds that it may take.
package func describe(
  plugin path: String, environment: [String], patience: Double = 10
) throws -> [PluginDescription] {
  let deadline = MonotonicClock.now() + Int(patience * 1e9)
  var program = try PluginProgram(
    path, environment: environment, standardError: Descriptor.null(), ownGroup: true)
  do {
    program.send(.describe)
    var conversation = ExternalConversation()
    let message = try program.receive(expecting: conversation.expected ?? "", deadline: deadline)
    let descriptions: [PluginDescription]
    switch try conversation.receive(message) {
    case .prepare(let offer): descriptions = try offer.descriptions(executable: path)
    case .giveUp(let reason): throw PluginError.complaint(reason)
    case .start, .record, .finish: throw PluginError.silent(expected: "description")
    }
    program.hangUp()
    if program.end(before: min(deadline, MonotonicClock.now() + 1_000_000_000)) == nil { program.kill() }
    return descriptions
  } catch {
    program.kill()
    throw error
  }
}
