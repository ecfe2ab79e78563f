/// A kind of problem, with the evidence. The words are in `FaultWording.swift`.
enum Fault: Error {
  case tooLarge(bytes: Int, limit: Int)
  case empty
  case otherEncoding(String)
  case notUTF8
  case forbiddenCharacter(Unicode.Scalar)
  case tooManyTagDirectives(limit: Int)
  case outOfMemory
  case syntax(message: String, hint: String?)

  case tooDeep(limit: Int)
  case tooDeepThroughAlias(name: String, limit: Int)
  case tooManyNodes(limit: Int)
  case tooManyProblems(limit: Int)

  case secondDocument
  case unknownTag(String)
  case undefinedAlias(String)
  case aliasInsideItsAnchor(String, line: Int)
  case duplicateKey(String, firstLine: Int)
  case duplicateMerge(firstLine: Int)
  case keyNotText(kind: String)
  case keyTooLong(limit: Int)
  case mergeOfNonMapping(kind: String)

  /// A fault and its place.
  struct Located: Error {
    var fault: Fault
    var span: Span?
  }

  func located(at span: Span?) -> Located { Located(fault: self, span: span) }
}
