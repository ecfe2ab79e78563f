import Model
import Testing

/// References in plans, and the search for secrets in texts of others.
struct SecretsTests {
  private static func secrets(_ texts: String...) -> Secrets {
    var secrets = Secrets()
    for text in texts { _ = secrets.add(text, named: "s") }
    return secrets
  }

  @Test func referencesStandForTexts() {
    var secrets = Secrets()
    #expect(secrets.isEmpty)
    #expect(secrets.add("one", named: "X-Key") == "${secret:X-Key}")
    #expect(secrets.add("two", named: "X-Key") == "${secret:X-Key#2}")
    #expect(secrets.add("one", named: "X-Key") == "${secret:X-Key}", "equal texts of one name are one secret")
    secrets.add(variable: "HOME", text: "${secret:X-Key}")
    #expect(secrets.reveal("a ${secret:X-Key} ${secret:X-Key#2} ${size}") == "a one two ${size}")
    #expect(secrets.reveal("${env:HOME}${env:OTHER}") == "${secret:X-Key}${env:OTHER}", "once, not again")
    #expect(secrets.reveal("$${env:HOME}") == "${env:HOME}", "an escaped one means itself")
    #expect(
      secrets.reveal(.map(["a": .list([.string("${secret:X-Key}"), .integer(1)])]))
        == .map(["a": .list([.string("one"), .integer(1)])]))
    #expect("\(secrets)" == "3 secrets" && !String(reflecting: secrets).contains("one"))
  }

  @Test(arguments: [
    ("it is pa ss/w\"rd1 here", "it is *** here"), ("?p=pa%20ss%2Fw%22rd1&x", "?p=***&x"),
    ("?p=pa+ss%2fw%22rd1", "?p=***"), (#"{"p":"pa ss/w\"rd1"}"#, #"{"p":"***"}"#),
    ("cut: pa ss/w\"", "cut: ***"), ("tail ss/w\"rd1", "tail***"), ("pa ss", "pa ss"), ("nothing", "nothing"),
    ("", ""),
    ("pa ss/w\"rd1pa ss/w\"rd1", "***"),
  ])
  func longSecretsAreFound(text: String, masked: String) {
    #expect(Self.secrets("pa ss/w\"rd1").masked(text) == masked)
  }

  @Test func secretsAreFoundInBase64() {
    let secrets = Self.secrets("secretword1")
    #expect(secrets.masked("c2VjcmV0d29yZDE=") == "***")
    // me:secretword1, and x:secretword1!
    #expect(!secrets.masked("Basic bWU6c2VjcmV0d29yZDE=").contains("c2VjcmV0d29yZ"))
    #expect(secrets.masked("Basic bWU6c2VjcmV0d29yZDE=").contains("***"))
    #expect(secrets.masked("eDpzZWNyZXR3b3JkMSE=").contains("***"))
    let basic = Self.secrets("Basic bWU6c2VjcmV0d29yZDE=")
    #expect(basic.masked("user me with secretword1") == "user me with ***")
    #expect(Self.secrets("Bearer abcdefgh12").masked("token:abcdefgh12 is old") == "token:*** is old")
  }

  @Test func shortSecretsAreNoSearchWords() {
    #expect(Self.secrets("1234567").masked("1234567 of 12345678") == "1234567 of 12345678")
    #expect(Self.secrets("1234567").masked("no number: 1234567", about: "${secret:s}") == "no number: ${secret:s}")
  }

  @Test func argumentsOfTheCommandLine() {
    let arguments = [
      "concrun", "a.yaml", "--set", "env.MY_KEY=ab", "--set=trials=5", "--set", "env={A: abc}", "http://u:p@h",
    ]
    #expect(
      Self.secrets("abc").masked(arguments: arguments) == [
        "concrun", "a.yaml", "--set", "env.MY_KEY=***", "--set=trials=5", "--set", "env=***", "http://u:***@h",
      ])
  }

  @Test func valuesOfOtherTypesComeBack() {
    var secrets = Secrets()
    secrets.add(variable: "N", text: "8")
    secrets.add(.integer(8), of: .integer, shown: .string("${env:N}"))
    let description = PluginDescription(
      .workload, "w", summary: "",
      parameters: [ParameterSchema("n", .integer, help: ""), ParameterSchema("t", .string, help: "")])
    let plugin = ResolvedPlugin(description, parameters: ["n": .string("${env:N}"), "t": .string("${env:N}")])
    #expect(secrets.reveal(plugin).parameters == ["n": .integer(8), "t": .string("8")])
  }
}
