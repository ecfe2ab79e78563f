internal import Glibc

/// A shared library in this process. It stays until the process ends: nobody knows what it left behind.
package struct DynamicLibrary: @unchecked Sendable {
  /// What the dynamic linker has to say.
  package struct Failure: Error, Hashable, CustomStringConvertible {
    /// The loader's own words.
    package let description: String
  }

  // Unchecked: the handle is never changed, and dlsym may be called from any thread.
  private let handle: UnsafeMutableRawPointer

  /// Loads a library, with everything that it needs. Its symbols aren't offered to other libraries.
  ///
  /// - Parameter path: without a slash, in the current folder, not where the linker looks for libraries.
  package init(_ path: String) throws(Failure) {
    guard let handle = dlopen(path.contains("/") ? path : "./\(path)", RTLD_NOW | RTLD_LOCAL) else {
      throw Failure(description: dlerror().map { String(cString: $0) } ?? "can't be loaded")
    }
    self.handle = handle
  }

  /// The address of a symbol, or `nil`.
  package func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, name) }
}
