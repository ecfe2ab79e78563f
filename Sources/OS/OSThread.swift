import Glibc
internal import SystemPackage

/// A thread of the operating system.
package struct OSThread: Sendable {
  private let handle: pthread_t

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) {
      self.run = run
    }
  }

  /// Starts a thread that runs `body` and ends.
  package static func spawn(_ body: sending @escaping () -> Void) throws(SystemError) -> OSThread {
    var handle = pthread_t()
    let context = Unmanaged.passRetained(Body(body))
    let error = pthread_create(&handle, nil, enterThread, context.toOpaque())
    guard error == 0 else {
      context.release()
      throw SystemError("pthread_create", .init(rawValue: error))
    }
    return OSThread(handle: handle)
  }

  /// Tells the calling thread from all others that live.
  package static var currentID: UInt { UInt(pthread_self()) }

  /// Waits for its end. Once for each thread.
  package func join() {
    pthread_join(handle, nil)
  }

  // A function, not a closure: a closure given to pthread_create from main would belong to the main actor.
  private static let enterThread: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
    guard let context else { return nil }
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }
}
