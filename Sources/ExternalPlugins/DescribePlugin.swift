package import Conversation
package import Model
internal import OS
internal import Time

/// The hidden word that starts a process which asks a plugin what it is, and ends all that the plugin started.
package let describingCommand = "__describe"

/// How long a plugin may take to say what it is.
private let patience = Nanoseconds.seconds(10)

/// Asks a plugin what it is, and waits for its end. To be called by a process that has nothing else to do.
package func offer(ofPlugin path: String, environment: [String]) throws -> PluginOffer {
  let (errorRead, errorWrite) = try Descriptor.pipe().split()
  let errors = Descriptor(owning: errorRead)
  let errorEnd = Descriptor(owning: errorWrite)
  try errors.setNonblocking()
  var program = try PluginProgram(
    path, environment: environment, standardError: errorEnd, errors: errors, ownGroup: false)
  do {
    program.send(.describe)
    var conversation = ExternalConversation()
    let expected = conversation.expected ?? ""
    let deadline = MonotonicClock.now() + patience
    switch try conversation.receive(program.receive(expecting: expected, deadline: deadline)) {
    case .prepare(let offer):
      program.hangUp()
      _ = program.end(before: MonotonicClock.now() + .seconds(1))
      return offer
    case .giveUp(let reason): throw PluginError.complaint(reason)
    case .start, .record, .finish: throw PluginError.silent(expected: expected)
    }
  } catch {
    throw PluginError.described("\(error)", lastWords: program.lastWords)
  }
}

/// What a plugin offers.
///
/// - Parameters:
///   - concrun: its executable, which does the asking in a process of its own: whatever the plugin starts ends with it.
///   - environment: all of it, as `NAME=value`.
///   - whenSlow: is called when it has said nothing for two seconds.
package func describe(
  plugin path: String, by concrun: String, environment: [String], whenSlow: () -> Void
) throws -> [PluginDescription] {
  var process = try PluginProgram(
    concrun, [describingCommand, path], environment: environment, standardError: Descriptor.null(), ownGroup: true)
  let start = MonotonicClock.now()
  let message: PluginMessage
  do {
    message = try process.receive(expecting: "description", deadline: start + .seconds(2))
  } catch PluginError.silent {
    whenSlow()
    message = try process.receive(expecting: "description", deadline: start + patience + .seconds(5))
  }
  process.hangUp()
  if process.end(before: MonotonicClock.now() + .seconds(5)) == nil { process.kill() }
  switch message {
  case .description(let offer): return try offer.descriptions(executable: path)
  case .error(let complaint): throw PluginError.complaint(complaint.message)
  case .ready, .tasks, .done: throw PluginError.silent(expected: "description")
  }
}
