import Model
import Testing

/// The places of secrets in texts, by names.
struct SecretSyntaxTests {
  @Test(arguments: [
    "API_TOKEN", "token", "clientSecret", "PASSWORD", "db_passwd", "X-Api-Key", "Authorization", "credentials",
    "Set-Cookie",
  ])
  func namesOfSecrets(name: String) { #expect(SecretSyntax.isSecret(name)) }

  @Test(arguments: ["HOME", "PATH", "Accept", "X-Trace", "pass", "ID"])
  func otherNames(name: String) { #expect(!SecretSyntax.isSecret(name)) }

  @Test(arguments: [
    ("http://me:pw@host/", ["pw"]), ("https://me@host/", []), ("http://host:80/a@b", []),
    ("socks5h://u:a:b@c@host:1", ["a:b@c"]),
    ("http://u:p%40w@h/?token=x&a=1&API_KEY=y#access_token=z", ["p%40w", "x", "y", "z"]),
    ("/p?page=1&size=2", []), ("${origin}/p?auth=${x}&b", ["${x}"]), ("http://u:${env:PW}@h/", ["${env:PW}"]),
    ("curl 'http://a:b1@h/?secret=s2' -o f; curl http://c:d3@h", ["b1", "s2", "d3"]), ("?token=", []),
    ("mailto:me@example.com", []), ("a ? b : c@d", []),
  ])
  func placesInURLs(text: String, secrets: [String]) {
    let bytes = Array(text.utf8)
    let found = SecretSyntax.places(in: text).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(found == secrets)
  }

  @Test func proxiesAndHeaders() {
    func found(_ text: String, isProxy: Bool = false, isArgument: Bool = false) -> [String] {
      SecretSyntax.places(in: text, isProxy: isProxy, isArgument: isArgument).map {
        String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
      }
    }
    #expect(found("me:pw@host:3128", isProxy: true) == ["pw"])
    #expect(found("me:pw@host:3128") == [])
    #expect(found("Authorization: Bearer abc", isArgument: true) == ["Bearer abc"])
    #expect(found("-HX-Api-Key: abc", isArgument: true) == ["abc"])
    #expect(found("Accept: abc", isArgument: true) == [])
    #expect(found("see the key: abc", isArgument: true) == [])
  }

  @Test func whatIsShownHasNoSecret() {
    #expect(SecretSyntax.masked("http://me:pw@h/?token=x&a=1") == "http://me:***@h/?token=***&a=1")
    #expect(HTTPURL.shown("http://me:pw@h/?token=x&a=1") == "http://me:***@h/?token=***&a=1")
    #expect(SecretSyntax.masked(assignment: "env.API_TOKEN=x") == "env.API_TOKEN=***")
    #expect(SecretSyntax.masked(assignment: "trials=5") == "trials=5")
  }

  @Test func linesThatCannotBeParsed() {
    let line = "  env: { API_TOKEN: \"abc def\", A: 1, 'password' : x"
    let hidden = SecretSyntax.valuesAfterNames(in: line).map {
      String(decoding: Array(line.utf8)[$0.range], as: UTF8.self)
    }
    #expect(hidden == ["\"abc def\"", "x"])
  }
}
