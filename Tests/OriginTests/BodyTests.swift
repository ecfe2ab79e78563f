import CZlib
import Testing

@testable import Origin

struct BodyTests {
  private static let sizes = [0, 1, 7, 8, 9, 1024, 65_535, 65_536, 65_537, 200_001]

  @Test(arguments: sizes) func checksumIsThatOfTheBytes(size: Int) {
    let bytes = OriginBody.bytes(path: "/jython", size: size)
    #expect(bytes.count == size)
    #expect(OriginBody.crc32(path: "/jython", size: size) == UInt32(CZlib.crc32(0, bytes, UInt32(size))))
  }

  @Test(arguments: sizes, [1, 3, 8, 4093, 65_536]) func partsMakeTheWhole(size: Int, part: Int) {
    let key = OriginBody.key(path: "/p", size: size)
    var bytes = [UInt8](repeating: 0, count: size)
    bytes.withUnsafeMutableBytes { target in
      for start in stride(from: 0, to: size, by: part) {
        OriginBody.fill(.init(rebasing: target[start..<min(start + part, size)]), key: key, from: start)
      }
    }
    #expect(bytes == OriginBody.bytes(path: "/p", size: size))
  }

  @Test func bodiesDifferByPathAndBySize() {
    let bodies = ["/a", "/b", "/ab", "/a/", "/"].flatMap { path in
      [64, 65, 1024].map { Array(OriginBody.bytes(path: path, size: $0).prefix(64)) }
    }
    #expect(Set(bodies).count == bodies.count)
  }

  /// The numbers are those of a Python program that follows the description in OriginBody.
  @Test func bytesStayTheSame() {
    #expect(OriginBody.crc32(path: "/jython", size: 1024) == 1_670_491_201)
    #expect(OriginBody.crc32(path: "/", size: 100_000) == 1_059_656_062)
  }

  @Test(arguments: [
    ("/a?b=c", "/a", "b=c"), ("/", "/", ""), ("", "/", ""), ("/a", "/a", ""), ("/a?", "/a", ""),
    ("/a?b?c", "/a", "b?c"),
    ("http://h:1/a?b", "/a", "b"), ("http://h", "/", ""), ("http://h?x=/y", "/", "x=/y"), ("*", "*", ""),
    ("/a#b?c", "/a", ""), ("/http://x", "/http://x", ""),
  ])
  func targetsAreCut(text: String, path: String, query: String) {
    let target = RequestTarget(text)
    #expect(String(target.path) == path)
    #expect(String(target.query) == query)
  }
}
