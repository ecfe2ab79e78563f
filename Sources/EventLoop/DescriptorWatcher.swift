package import OS

/// What an event loop tells of descriptors. It calls on its own thread; what has to wait for long is for a task.
package protocol DescriptorWatcher: AnyObject {
  func descriptor(_ descriptor: Int32, isReadyFor readiness: Poller.Readiness)
}
