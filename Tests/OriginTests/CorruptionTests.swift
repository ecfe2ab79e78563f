import CZlib
import Testing

@testable import Origin

struct CorruptionTests {
  @Test(arguments: [
    "size=1", "size=2", "size=1023", "size=64KiB", "size=65537", "size=300kB", "size=4096&bandwidth=300kB",
    "size=131072", "size=131073",
  ])
  func oneBitInTheMiddleIsWrong(query: String) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      let right = try client.get("/c?\(query)")
      let wrong = try client.get("/c?\(query)&corrupt=true")
      let size = right.body.count
      #expect(wrong.head == right.head)
      #expect(wrong.body.count == size)
      let differences = right.body.indices.filter { right.body[$0] != wrong.body[$0] }
      #expect(differences == [size / 2])
      #expect((right.body[size / 2] ^ wrong.body[size / 2]).nonzeroBitCount == 1)
      let checksum = OriginBody.crc32(path: "/c", size: size)
      #expect(UInt32(CZlib.crc32(0, right.body, UInt32(size))) == checksum)
      #expect(UInt32(CZlib.crc32(0, wrong.body, UInt32(size))) != checksum)
      #expect(try client.get("/c?\(query)").body == right.body)
    }
  }

  @Test func nothingHasNoMiddle() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      #expect(try client.get("/?corrupt=true&size=0").body.isEmpty)
      #expect(try client.get("/?corrupt=true&status=204").status == 204)
      #expect(try client.get("/?corrupt=2").status == 400)
      #expect(try client.get("/").body == OriginBody.bytes(path: "/", size: 1024))
    }
  }
}
