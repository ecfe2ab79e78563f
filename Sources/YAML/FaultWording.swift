extension Fault {
  var message: String {
    switch self {
    case .tooLarge(let bytes, let limit): "too large: \(bytes) bytes, and the limit is \(limit)"
    case .empty: "the document is empty"
    case .otherEncoding(let name): "this is \(name), not UTF-8"
    case .notUTF8: "this byte is not UTF-8"
    case .forbiddenCharacter(let character): "the character \(codePoint(character)) is not allowed in YAML"
    case .tooManyTagDirectives(let limit): "more than \(limit) %TAG directives"
    case .outOfMemory: "not enough memory to parse this"
    case .syntax(let message, _): message
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .tooDeepThroughAlias(let name, let limit): "with alias *\(name) nested more than \(limit) levels deep"
    case .tooManyNodes(let limit): "more than \(limit) values, counting each alias as a copy"
    case .tooManyProblems(let limit): "more than \(limit) problems; the rest is not shown"
    case .secondDocument: "a second document begins here"
    case .unknownTag(let tag): "unknown tag \(quoted(tag))"
    case .undefinedAlias(let name): "undefined alias *\(name)"
    case .aliasInsideItsAnchor(let name, let line):
      "alias *\(name) stands inside its own anchor &\(name) of line \(line)"
    case .duplicateKey(let key, let line): "duplicate key \(quoted(key)), first used on line \(line)"
    case .duplicateMerge(let line): "duplicate merge key '<<', first used on line \(line)"
    case .keyNotText(let kind): "a key must be a text, not \(kind)"
    case .keyTooLong(let limit): "a key can't be longer than \(limit) bytes"
    case .mergeOfNonMapping(let kind): "'<<' merges mappings, and this is \(kind)"
    }
  }

  var hint: String? {
    switch self {
    case .empty: "it has no value, only blanks or comments at most"
    case .otherEncoding, .notUTF8: "save the file as UTF-8"
    case .forbiddenCharacter("\0"): "a binary file, or UTF-16? save it as UTF-8"
    case .forbiddenCharacter(let character):
      "remove it, or write \(quoted("\\u" + hexadecimal(character))) between double quotes"
    case .syntax(_, let hint): hint
    case .secondDocument: "a file holds one document; move this one to a file of its own"
    case .unknownTag: "remove it, or quote a text that begins with '!'"
    case .undefinedAlias(let name): "an anchor &\(name) must come before it; quote a text that begins with '*'"
    case .duplicateMerge: "merge several in one list: <<: [*first, *second]"
    default: nil
    }
  }
}

/// A text between single quotes for a message: shortened, and without characters that would disturb a terminal.
func quoted(_ text: String) -> String {
  let longest = 60
  var shown = ""
  for character in text.unicodeScalars.prefix(longest) {
    let isPrintable = character.value >= 0x20 && !(0x7F..<0xA0).contains(character.value)
    shown += isPrintable ? String(character) : "\u{FFFD}"
  }
  return text.unicodeScalars.dropFirst(longest).isEmpty ? "'\(shown)'" : "'\(shown)…'"
}

func codePoint(_ character: Unicode.Scalar) -> String { "U+" + hexadecimal(character) }

private func hexadecimal(_ character: Unicode.Scalar) -> String {
  let digits = String(character.value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
