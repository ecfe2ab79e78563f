import Model
import Testing

/// Names of hosts in all languages.
struct HostNameTests {
  /// What Python's codec `punycode` makes of the same letters.
  @Test(
    arguments: [
      ("bücher.example", "xn--bcher-kva.example"), ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
      ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
      ("παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"), ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"),
      ("실례.테스트", "xn--9n2bp8q.xn--9t4b11yi5a"), ("उदाहरण.परीक्षा", "xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"),
      ("உதாரணம்.பரிட்சை", "xn--zkc6cc5bi7f6e.xn--hlcj6aya9esc7a"), ("straße.example", "xn--strae-oqa.example"),
      ("☕.example", "xn--53h.example"), ("ελλάς.example", "xn--hxarsa0b.example"),
      ("l·l.example", "xn--ll-0ea.example"),
      ("ทดสอบ.example", "xn--l3cfk7dp.example"), ("việtnam.example", "xn--vitnam-jk8b.example"),
      ("〇.example", "xn--w6j.example"),
    ])
  func bothWays(name: String, ascii: String) throws {
    #expect(try HostName.ascii(name) == ascii)
    #expect(HostName.readable(ascii).unicodeScalars.elementsEqual(name.unicodeScalars))
    #expect(HostName.both(ascii) == "\(name) (\(ascii))")
  }

  /// One name, however it is written.
  @Test(
    arguments: [
      ("BÜCHER.Example", "xn--bcher-kva.example"), ("bu\u{308}cher.example", "xn--bcher-kva.example"),
      ("BU\u{308}CHER.example", "xn--bcher-kva.example"), ("ｂücher．example", "xn--bcher-kva.example"),
      ("日本語。ｊｐ", "xn--wgv71a119e.jp"), ("日本語｡jp", "xn--wgv71a119e.jp"), ("ＬＯＣＡＬＨＯＳＴ", "localhost"),
      ("１２７．０．０．１", "127.0.0.1"), ("vie\u{302}\u{323}tnam.example", "xn--vitnam-jk8b.example"),
      ("vie\u{323}\u{302}tnam.example", "xn--vitnam-jk8b.example"),
      ("ПРИМЕР.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
      ("\u{1109}\u{1175}\u{11af}\u{1105}\u{1168}.테스트", "xn--9n2bp8q.xn--9t4b11yi5a"),
      ("テ\u{30b9}ト.テスト", "xn--zckzah.xn--zckzah"), ("か\u{3099}.jp", "xn--v8j.jp"),
      ("bücher.example.", "xn--bcher-kva.example."), ("xn--bcher-kva.ü", "xn--bcher-kva.xn--tda"),
    ])
  func spellings(name: String, ascii: String) throws {
    #expect(try HostName.ascii(name) == ascii)
  }

  /// Names that were names before stay as they were.
  @Test(arguments: [
    "example.com", "a_b.example", "-x.example", "a..b", "1.2.3.4", "XN--X.example", String(repeating: "a", count: 64),
  ])
  func asciiIsOnlyLowered(name: String) throws {
    #expect(try HostName.ascii(name) == name.lowercased())
    #expect(HostName.both(name.lowercased()) == name.lowercased())
  }

  @Test(
    arguments: [
      ("ex%61mple.com", "'%' can't stand in a host's name: write the character itself"),
      ("b%C3%BCcher.ü", "'%' can't stand"), ("ü\u{200b}x", "U+200B, which nobody can see, can't stand"),
      ("ü\u{202e}x", "U+202E, which nobody can see"), ("ü\u{2066}x", "U+2066, which nobody can see"),
      ("ü\u{200d}x", "U+200D, which nobody can see"), ("ü\u{ad}x", "U+00AD, which nobody can see"),
      ("ü\u{feff}", "U+FEFF, which nobody can see"), ("ü\u{a0}x", "U+00A0, which nobody can see"),
      ("ü x", "U+0020, which nobody can see"), ("❤\u{fe0f}.ws", "U+FE0F, which nobody can see"),
      ("ü⁄x", "'⁄' can't stand in a host's name"), ("ü／x", "'/' can't stand"), ("ü？x", "'?' can't stand"),
      ("ü＠x", "'@' can't stand"), ("ü：80", "':' can't stand"), ("℀.example", "'℀' can't stand"),
      ("ﬁle.example", "'ﬁ' can't stand"), ("x².example", "'²' can't stand"), ("ü!x", "'!' can't stand"),
      ("𝐀.example", "'𝐀' can't stand"), ("ü“x", "'“' can't stand"),
      ("\u{308}u.example", "the part '\u{308}u' of the host's name begins with a mark"),
      ("-ü.example", "the part '-ü' of the host's name begins or ends with a hyphen"),
      ("ü-.example", "the part 'ü-' of the host's name begins or ends with a hyphen"),
      ("ab--ü.example", "the part 'ab--ü' of the host's name has hyphens where"),
      ("ü..example", "the part '' of the host's name is empty"),
      (String(repeating: "ü", count: 60) + String(repeating: "a", count: 60), "has more than 63 letters in ASCII"),
      (String(repeating: "üx.", count: 40) + "example", "the host's name has more than 253 letters in ASCII"),
    ])
  func whatCannotBeAName(name: String, words: String) {
    do {
      let ascii = try HostName.ascii(name)
      Issue.record("\(name) is \(ascii)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }

  /// Whatever somebody calls an encoded name, showing it is safe.
  @Test(
    arguments: [
      "xn--", "xn--a", "xn--99999999", "xn--zzzzzzzzzzzzzzzzzzzzzzz", "xn---", "xn--a-\u{7f}", "xn--bcher-kv",
    ]
      + ["xn--abc-", "a.xn--0000h.b", "xn--ls8h-", "xn--www-hw0b"])
  func strangeNamesStayAsTheyAre(name: String) {
    let shown = HostName.readable(name)
    #expect(shown == name || (try? HostName.ascii(shown)) == name)
  }

  @Test func urlsAreRequestedInASCII() throws {
    let url = try HTTPURL(checking: "https://me:pw@Bücher.example:8443/a?q=1#u")
    #expect(url.host == "xn--bcher-kva.example")
    #expect(url.request == "https://me:pw@xn--bcher-kva.example:8443/a?q=1#u")
    #expect(try HTTPURL(checking: "http://Example.com/A").request == "http://Example.com/A")
    #expect(try HTTPURL(checking: "http://[::1]:80/").request == "http://[::1]:80/")
    #expect(try HTTPURL(checking: "http://ｌocalhost/").isLocal)
    #expect(try HTTPURL(checking: "http://bücher.localhost:1/").isLocal)
  }

  /// A mark or another slash can't make two readers see two hosts.
  @Test(
    arguments: [
      ("http://good.example/\u{338}@evil.example/", "can't stand in a URL"),
      ("http://good.example\u{2215}@evil.example/", "can't stand in a URL"),
      ("http://ü:pw@host.example/", "'ü' can't stand in a URL: write %C3%BC"),
      ("http://bücher.example/ü", "'ü' can't stand in a URL: write %C3%BC"),
      ("http://bücher.example:８０/", "can't stand in a URL"),
      ("http://b%FC.example/", "'%' can't stand in a host's name"),
      ("http://[ü]/", "'ü' can't stand in a URL"), ("http://bü\u{200b}.example/", "U+200B, which nobody can see"),
    ])
  func twoReadersSeeOneHost(text: String, words: String) {
    #expect {
      try HTTPURL(checking: text)
    } throws: {
      "\($0)".contains(words)
    }
  }

  @Test(
    arguments: [
      ("http://bücher.example/a", "http://bücher.example/a (xn--bcher-kva.example)"),
      ("http://xn--bcher-kva.example/a", "http://xn--bcher-kva.example/a (bücher.example)"),
      ("http://me:pw@Bücher.example/?token=x", "http://me:***@Bücher.example/?token=*** (xn--bcher-kva.example)"),
      ("http://example.com/xn--a", "http://example.com/xn--a"), ("nothing ü", "nothing ü"),
    ])
  func bothFormsAreShown(url: String, shown: String) {
    #expect(HTTPURL.shown(url) == shown)
  }
}
