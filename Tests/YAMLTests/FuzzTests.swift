import Testing
import YAML

/// Every input must come back as a tree within limits or as located problems, whatever its bytes.
@Suite struct FuzzTests {
  static let corpus: [String] = [
    "a: 1\nb:\n  - x\n  - {y: [1, 2, {z: 'q'}]}\nc: |\n  text\n  more\n",
    "base: &base {x: 1, y: [&n 2, *n]}\nd:\n  <<: *base\n  y: 3\ne: {<<: [*base, {z: 1}]}\n",
    "%YAML 1.2\n%TAG ! tag:x,2000:\n---\n? !!str k\n: !foo \"\\u00e9\\x41\\\n  z\"\n...\n---\nb\n",
    "\u{FEFF}é: €😀\r\n\u{85}'it''s': >-\r\n  folded\r\n\r\n  text\r\n",
    "workloads:\n  web:\n    urls: [http://a/b?c=d, \"http://e\"]\n    count: 20 # many\nexclude:\n  - {max_workers: \">1\"}\n",
    "- - - a\n    - b\n  - ? c\n    : d\n- !<tag:yaml.org,2002:seq> [a: b, {c}, ~]\n",
  ]

  @Test(arguments: 0..<8 as Range<UInt64>)
  func mutations(seed: UInt64) {
    var random = SplitMix64(state: seed)
    for _ in 0..<600 {
      var bytes = Array((Self.corpus.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, using: &random) }
      check(bytes)
    }
  }

  @Test(arguments: corpus)
  func everyTruncation(text: String) {
    let bytes = Array(text.utf8)
    for length in 0...bytes.count { check(Array(bytes[..<length])) }
  }

  private func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[index] = .random(in: 0...255, using: &random)
    case 2: bytes.removeSubrange(index...)
    case 3: bytes.remove(at: index)
    case 4: bytes.insert(Array("[]{}:-,&*!|>'\"%@#?\n\t ".utf8).randomElement(using: &random) ?? 0, at: index)
    default: bytes.insert(contentsOf: bytes[index...].prefix(20), at: Int.random(in: bytes.indices, using: &random))
    }
  }

  private func check(_ bytes: [UInt8]) {
    let source = Source(name: "fuzz", bytes: bytes)
    let outcome = outcome(of: source)
    #expect(outcome.root != nil || !outcome.problems.isEmpty, "\(bytes)")
    for problem in outcome.problems {
      #expect(!problem.message.isEmpty)
      if let span = problem.span { expectInside(source, span) }
    }
    for node in outcome.root.map(allNodes) ?? [] { expectInside(source, node.span) }
  }

  private func expectInside(_ source: Source, _ span: Span) {
    #expect(span.start <= span.end, "\(source.bytes)")
    for mark in [span.start, span.end] {
      guard let line = source.line(mark.line) else {
        Issue.record("\(mark) is beyond the last line of \(source.bytes)")
        continue
      }
      #expect((1...line.unicodeScalars.count + 1).contains(mark.column), "\(mark) in \(source.bytes)")
    }
  }
}

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
