/// Returns the bytes of a file that an experiment file names.
package typealias FileReader = @Sendable (_ path: String) throws -> [UInt8]
