import Glibc
import Origin

/// Runs `body` with a server that's stopped afterwards.
func withOrigin<Result>(
  _ settings: OriginSettings = .init(), _ body: (OriginServer) throws -> Result
) throws -> Result {
  let server = try OriginServer.start(settings)
  defer { server.stop() }
  return try body(server)
}

func settings(_ change: (inout OriginSettings) -> Void) -> OriginSettings {
  var settings = OriginSettings()
  change(&settings)
  return settings
}

/// Monotonic seconds.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Waits for what another side does in its own time; false if it doesn't within two minutes.
func eventually(_ condition: () -> Bool) -> Bool {
  let deadline = now() + 120
  while !condition() {
    if now() > deadline { return false }
    usleep(1000)
  }
  return true
}
