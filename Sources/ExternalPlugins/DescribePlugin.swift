internal import Conversation
package import Model
internal import OS

/// Asks a plugin what it is. It may take 10 s.
///
/// - Parameters:
///   - environment: all of it, as `NAME=value`.
///   - whenSlow: is called when it has said nothing for a second.
package func describe(
  plugin path: String, environment: [String], whenSlow: () -> Void = {}
) throws -> [PluginDescription] {
  let start = MonotonicClock.now()
  let (errorRead, errorWrite) = try Descriptor.pipe().split()
  let errors = Descriptor(owning: errorRead)
  let errorEnd = Descriptor(owning: errorWrite)
  try errors.setNonblocking()
  var program = try PluginProgram(
    path, environment: environment, standardError: errorEnd, errors: errors, ownGroup: true)
  do {
    let descriptions = try describe(&program, since: start, whenSlow)
    program.hangUp()
    if program.end(before: MonotonicClock.now() + 1_000_000_000) == nil { program.kill() }
    return descriptions
  } catch {
    program.kill()
    throw PluginError.described("\(error)", lastWords: program.lastWords)
  }
}

private func describe(
  _ program: inout PluginProgram, since start: Int, _ whenSlow: () -> Void
) throws -> [PluginDescription] {
  program.send(.describe)
  var conversation = ExternalConversation()
  let expected = conversation.expected ?? ""
  let message: PluginMessage
  do {
    message = try program.receive(expecting: expected, deadline: start + 1_000_000_000)
  } catch PluginError.silent {
    whenSlow()
    message = try program.receive(expecting: expected, deadline: start + 10_000_000_000)
  }
  switch try conversation.receive(message) {
  case .prepare(let offer): return try offer.descriptions(executable: program.path)
  case .giveUp(let reason): throw PluginError.complaint(reason)
  case .start, .record, .finish: throw PluginError.silent(expected: expected)
  }
}
