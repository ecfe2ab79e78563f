internal import CLinux
import Glibc

/// Whether a descriptor is a terminal, and how wide it is.
package enum Terminal {
  /// Returns whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns; 80 where it can't be known.
  package static func columns(_ descriptor: Int32) -> Int {
    let columns = Int(clinux_terminal_columns(descriptor))
    return columns > 0 ? columns : 80
  }
}
