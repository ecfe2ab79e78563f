internal import Model
internal import YAML

extension Node {
  /// The path of a file that this node names: relative to the file that the node stands in, unless that is the command
  /// line.
  func path(_ text: String) -> String {
    guard !text.hasPrefix("/"), !source.isCommandLine else { return text }
    let folder = source.name.lastIndex(of: "/").map { source.name[...$0] } ?? ""
    return folder + text
  }

  /// Reads the bytes of the file that this node names.
  ///
  /// - Parameter limit: the most bytes that the file may have.
  func bytes(name: String, limit: Int, readFile: FileReader) throws(Unreadable) -> [UInt8] {
    guard let path = text, !path.isEmpty, !isNull else {
      throw Unreadable(self, "'\(name)' must be the path of a file, and this is \(kindName)")
    }
    let bytes: [UInt8]
    do {
      bytes = try readFile(self.path(path))
    } catch {
      throw Unreadable(self, "'\(name)': \(path): \(error)")
    }
    guard bytes.count <= limit else {
      throw Unreadable(self, "'\(name)': \(path): it has more than \(limit) bytes")
    }
    return bytes
  }

  /// Returns a mapping that stands in the place of this path: the file's path, its size and a digest of its bytes.
  func description(ofContent bytes: [UInt8]) -> Node {
    // The path is filled already. What looks like a reference in it means itself, but for a secret.
    let path = text ?? ""
    let escaped = Secrets.isReferred(in: path) ? path : path.replacing("${", with: "$${")
    let content = FileContent(path: escaped, content: bytes)
    let fields = [
      ("path", content.path, false), ("bytes", String(content.bytes), true), ("digest", content.digest, false),
    ]
    var result = self
    result.content = .mapping(
      fields.map { key, text, isPlain in
        var value = self
        value.content = .scalar(Node.Scalar(text: text, isPlain: isPlain))
        return Node.Entry(key: self, keyText: key, value: value)
      })
    return result
  }

  /// Reads the lines of the file that this node names, without comments, empty lines and blanks around them.
  ///
  /// - Returns: a list that stands in this node's place.
  func lines(name: String, readFile: FileReader) throws(Unreadable) -> Node {
    let path = text ?? ""
    let bytes = try bytes(name: name, limit: Limits.standard.bytes, readFile: readFile)
    // Other systems begin a text with a byte order mark.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let text = String(validating: bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0), as: UTF8.self)
    else {
      throw Unreadable(self, "'\(name)': \(path): it isn't UTF-8", hint: "save the file as UTF-8")
    }
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      (line.firstRange(of: " #").map { line[..<$0.lowerBound] } ?? line).trimmed
    }
    var result = self
    result.content = .sequence(
      lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { line in
        var item = self
        item.content = .scalar(Node.Scalar(text: line, isPlain: false))
        return item
      })
    return result
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
