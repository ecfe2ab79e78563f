internal import EventLoop
internal import OS
internal import SystemPackage

/// A command that a task of an event loop waits for without blocking it: its end and its output are descriptors.
final class LoopCommand: DescriptorWatcher {
  var process: CapturedProcess
  private let loop: EventLoop
  private var waiting: UnsafeContinuation<Void, Never>?
  private var failure: SystemError?

  init(_ process: consuming CapturedProcess, on loop: EventLoop) {
    self.process = process
    self.loop = loop
  }

  /// Suspends the task until the command has ended. Once, on the loop.
  func end() async throws {
    defer { for file in process.files { loop.forget(file.rawValue) } }
    for file in process.files {
      try loop.watch(file.rawValue, for: .readable, self)
    }
    await withUnsafeContinuation { waiting = $0 }
    if let failure { throw failure }
  }

  func descriptor(_ descriptor: Int32, isReadyFor readiness: Poller.Readiness) {
    do {
      switch try process.take(from: FileDescriptor(rawValue: descriptor)) {
      case .running: break
      case .closed: loop.forget(descriptor)
      case .ended: resume()
      }
    } catch {
      failure = error
      resume()
    }
  }

  private func resume() {
    waiting?.resume()
    waiting = nil
  }
}
