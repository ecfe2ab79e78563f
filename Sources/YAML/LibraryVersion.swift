internal import CLibYAML

/// Of the libyaml that is linked.
package var libraryVersion: String { String(cString: yaml_get_version_string()) }
