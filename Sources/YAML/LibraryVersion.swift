internal import CLibYAML

/// The version of the libyaml that is linked, such as `0.2.5`.
package var libraryVersion: String { String(cString: yaml_get_version_string()) }
