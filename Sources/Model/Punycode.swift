/// The encoding of Unicode texts in the ASCII letters of host names: RFC 3492.
enum Punycode {
  private static let base = 36
  private static let leastThreshold = 1
  private static let mostThreshold = 26
  private static let firstBias = 72
  private static let firstCode = 128
  private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)

  /// Returns the encoded form of a label, without `xn--`.
  static func encoded(_ label: [Unicode.Scalar]) -> String {
    var output = label.filter(\.isASCII)
    let basic = output.count
    if basic > 0 { output.append("-") }
    var (code, delta, bias, handled) = (firstCode, 0, firstBias, basic)
    while handled < label.count {
      let next = label.lazy.map { Int($0.value) }.filter { $0 >= code }.min() ?? code
      delta += (next - code) * (handled + 1)
      code = next
      for scalar in label {
        if scalar.value < code { delta += 1 }
        guard scalar.value == code else { continue }
        append(delta, bias: bias, to: &output)
        bias = adapted(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return String(String.UnicodeScalarView(output))
  }

  /// Returns the label that an encoded form stands for; `nil` if the text is none.
  static func decoded(_ text: String) -> [Unicode.Scalar]? {
    let scalars = Array(text.unicodeScalars)
    guard scalars.allSatisfy(\.isASCII), scalars.count < 64 else { return nil }
    let separator = scalars.lastIndex(of: "-")
    var output = Array(scalars[..<(separator ?? 0)])
    var place = separator.map { $0 + 1 } ?? 0
    var (code, index, bias) = (firstCode, 0, firstBias)
    while place < scalars.count {
      let before = index
      var (weight, step) = (1, base)
      while true {
        guard place < scalars.count, let digit = digits.firstIndex(of: scalars[place]) else { return nil }
        place += 1
        index += digit * weight
        let threshold = threshold(step, bias: bias)
        if digit < threshold { break }
        weight *= base - threshold
        // 63 digits can make more than a word holds, and no character is so far away.
        guard index < 1 << 31, weight < 1 << 31 else { return nil }
        step += base
      }
      bias = adapted(index - before, count: output.count + 1, isFirst: before == 0)
      code += index / (output.count + 1)
      index %= output.count + 1
      guard let scalar = Unicode.Scalar(UInt32(clamping: code)) else { return nil }
      output.insert(scalar, at: index)
      index += 1
    }
    return output
  }

  /// Appends a number as digits of a base that changes from digit to digit.
  private static func append(_ number: Int, bias: Int, to output: inout [Unicode.Scalar]) {
    var rest = number
    var step = base
    while true {
      let threshold = threshold(step, bias: bias)
      if rest < threshold { break }
      output.append(digits[threshold + (rest - threshold) % (base - threshold)])
      rest = (rest - threshold) / (base - threshold)
      step += base
    }
    output.append(digits[rest])
  }

  private static func threshold(_ step: Int, bias: Int) -> Int {
    min(max(step - bias, leastThreshold), mostThreshold)
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var step = 0
    while delta > (base - leastThreshold) * mostThreshold / 2 {
      delta /= base - leastThreshold
      step += base
    }
    return step + (base - leastThreshold + 1) * delta / (delta + 38)
  }
}
