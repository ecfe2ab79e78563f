/// A URL, or the part of one that a request line has, cut in two. Nothing is decoded: `/a` and `/%61` are two paths.
package struct RequestTarget: Hashable, Sendable {
  /// The path, which a body follows from together with its size.
  package var path: Substring
  /// The query, without its question mark.
  package var query: Substring

  /// - Parameter text: `/path?query`, or the same after `http://host`.
  package init(_ text: String) {
    var rest = text[...]
    if !rest.hasPrefix("/"), let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...]
      rest = rest[(rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex)...]
    }
    rest = rest.prefix { $0 != "#" }
    let mark = rest.firstIndex(of: "?") ?? rest.endIndex
    path = mark == rest.startIndex ? "/" : rest[..<mark]
    query = rest[mark...].dropFirst()
  }
}
