import Foundation
import Model
import Testing

struct ModelTests {
  @Test func valuesComeBackFromJSON() throws {
    let value = Value.map([
      "a": .integer(5), "b": .number(0.1), "c": .string("5"), "d": .list([.boolean(true), .null]), "e": .map([:]),
      "f": .integer(.max), "g": .number(1e300),
    ])
    #expect(try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value)) == value)
  }

  @Test func jsonWithoutAnEncoderIsTheSame() throws {
    let value = Value.map([
      "a": .integer(.min), "b": .number(0.1), "c": .string("\"\\ \n\t\r\u{1} ü 日本 \u{1F600}"),
      "d": .list([.boolean(true), .boolean(false), .null]), "e\"": .map([:]), "f": .list([]), "g": .number(1e300),
    ])
    #expect(try JSONDecoder().decode(Value.self, from: Data(value.json.utf8)) == value)
    #expect(Value.map(["b": .list([.integer(1), .null]), "a": .string("x")]).json == #"{"a":"x","b":[1,null]}"#)
  }

  @Test func valuesComeBackFromBytes() {
    let value = Value.map([
      "a": .integer(-5), "b": .number(0.1), "ü": .string("5\n"), "d": .list([.boolean(true), .boolean(false), .null]),
      "e": .map([:]), "f": .integer(.min), "g": .number(-.infinity),
    ])
    #expect(Value(bytes: value.bytes) == value)
    for length in 0..<value.bytes.count {
      #expect(Value(bytes: Array(value.bytes.prefix(length))) == nil)
    }
    #expect(Value(bytes: value.bytes + [0]) == nil)
    #expect(Value(bytes: [UInt8(ascii: "l")] + [UInt8](repeating: 255, count: 8)) == nil)
  }

  @Test(arguments: [
    (1, "1"), (0.1, "0.1"), (1e-9, "1e-09"), (2.5e20, "2.5e+20"), (-0.5, "-0.5"), (1e6, "1000000"),
    (-9.223372036854775808e18, "-9.223372036854776e+18"),
  ])
  func numbersInTheirShortestForm(number: Double, text: String) {
    #expect(String(shortest: number) == text)
    #expect(Double(text) == number)
  }

  @Test func measuresKeepOutWhatIsNoNumber() {
    var measures = Measures()
    #expect(measures[.wall] == nil)
    measures[.wall] = 1.5
    measures[.setup] = .infinity
    measures[.ideal] = .nan
    #expect(measures[.wall] == 1.5)
    #expect(measures[.setup] == nil)
    #expect(measures[.ideal] == nil)
  }

  /// Reference values of SplitMix64 with seed 1234567, as its authors' C code gives them.
  @Test func splitMix64() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.next() == 9_817_491_932_198_370_423)
  }

  @Test func permutationsAreFair() {
    var generator = SplitMix64(seed: 1)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[generator.permutation(3), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (850...1150).contains($0) })
    #expect(generator.permutation(0) == [])
  }
}
