import MarkedText
import Model
import Results
import Testing
import YAML

@testable import ExperimentFile

/// Secrets of a file never get into its plan, nor into what is said about it.
struct SecretTests {
  private static let environment = ["PIN": "4711", "LONG": "a-long-secret", "N": "8", "EMPTY": "", "ROOT": "/srv/x"]

  private func plan(_ text: String) throws -> Plan {
    let result = load(text, environment: Self.environment)
    #expect(result.diagnostics.filter { $0.severity == .error }.map(\.rendered.text) == [])
    return try #require(result.experiments.first).plan
  }

  private func guarded(_ parameters: String, more: String = "") -> String {
    "workloads: { w: { plugin: guarded, \(parameters) } }\nstrategies: { sync: }\n\(more)"
  }

  private func parameters(_ plan: Plan) -> [String: Value] { plan.cells[0].workloadPlugin?.parameters ?? [:] }

  @Test func variablesOfTheEnvironment() throws {
    let plan = try plan(
      guarded(
        "proxy: \"x${env:PIN}y\", headers: { A: \"${env:EMPTY}\" }, tasks: \"${env:N}\", more: [\"${env:N}\", \"${env:PIN}\"]",
        more: "env: { A: \"${env:PIN}\" }\nhooks: { before_run: [sh, \"${env:LONG}\"] }"))
    #expect(
      parameters(plan) == [
        "proxy": .string("x${env:PIN}y"), "headers": .map(["A": .string("${env:EMPTY}")]), "tasks": .string("${env:N}"),
        "more": .list([.string("${env:N}"), .string("${env:PIN}")]),
      ])
    #expect(plan.environment == ["A": "${env:PIN}"])
    #expect(
      parameters(plan.revealed) == [
        "proxy": .string("x4711y"), "headers": .map(["A": .string("")]), "tasks": .integer(8),
        "more": .list([.integer(8), .integer(4711)]),
      ])
    #expect(plan.revealed.environment == ["A": "4711"])
    #expect(plan.revealed.hooks.commands[.beforeRun] == ["sh", "a-long-secret"])
  }

  @Test func aPathFromTheEnvironmentIsWhatItSays() throws {
    #expect(try parameters(plan(guarded("place: \"${env:ROOT}\"")).revealed) == ["place": .string("/srv/x")])
  }

  @Test func aVariableMayHoldOne() throws {
    let plan = try plan(
      guarded("proxy: \"${p}\", tasks: \"${many}\"", more: "variables: { p: \"${env:PIN}\", many: \"${env:N}\" }"))
    #expect(parameters(plan) == ["proxy": .string("${env:PIN}"), "tasks": .string("${env:N}")])
    #expect(parameters(plan.revealed) == ["proxy": .string("4711"), "tasks": .integer(8)])
  }

  @Test func anEscapedReferenceIsAText() throws {
    let plan = try plan(guarded("proxy: \"$${env:PIN} ${env:PIN}\""))
    #expect(parameters(plan.revealed) == ["proxy": .string("${env:PIN} 4711")])
  }

  @Test func secretsOfTheFile() throws {
    let plan = try plan(
      guarded(
        """
        pin: "1234", proxy: "me:pw@host:1", headers: { Authorization: "Bearer ${env:LONG}", X-Api-Key: abc, X-Other: seen,
        Cookie: "a=${v}" }
        """,
        more: """
          variables: { v: "secret-by-use" }
          env: { API_TOKEN: xyz, OTHER: "http://me:pw2@host/?secret=s3&a=1", PLAIN: plain }
          hooks: { before_run: [curl, -H, "Authorization: Basic eDp5", "http://a:b@h/?auth_token=t"] }
          """))
    #expect(
      parameters(plan) == [
        "pin": .string("${secret:pin}"), "proxy": .string("me:${secret:password}@host:1"),
        "headers": .map([
          "Authorization": .string("Bearer ${env:LONG}"), "X-Api-Key": .string("${secret:X-Api-Key}"),
          "X-Other": .string("seen"), "Cookie": .string("${secret:Cookie}${secret:v}"),
        ]),
      ])
    #expect(
      plan.environment == [
        "API_TOKEN": "${secret:API_TOKEN}", "OTHER": "http://me:${secret:password#2}@host/?secret=${secret:secret}&a=1",
        "PLAIN": "plain",
      ])
    let real = plan.revealed
    #expect(parameters(real)["pin"] == .string("1234") && parameters(real)["proxy"] == .string("me:pw@host:1"))
    #expect(
      parameters(real)["headers"]?.map == [
        "Authorization": .string("Bearer a-long-secret"), "X-Api-Key": .string("abc"), "X-Other": .string("seen"),
        "Cookie": .string("a=secret-by-use"),
      ])
    #expect(real.environment["OTHER"] == "http://me:pw2@host/?secret=s3&a=1" && real.environment["API_TOKEN"] == "xyz")
    #expect(
      real.hooks.commands[.beforeRun] == ["curl", "-H", "Authorization: Basic eDp5", "http://a:b@h/?auth_token=t"])
    #expect(
      !plan.hooks.commands.values.joined().contains { $0.contains("eDp5") || $0.contains(":b@") || $0.hasSuffix("=t") })
  }

  @Test func linesOfOtherFiles() throws {
    let plan = try plan("workloads: { w: { plugin: fetch, urls_from: lists/secrets.txt } }\nstrategies: { sync: }")
    #expect(
      parameters(plan)["urls_from"] == .list([.string("http://me:${secret:password}@127.0.0.1/a?key=${secret:key}")]))
    #expect(
      parameters(plan.revealed)["urls_from"] == .list([.string("http://me:linepassword@127.0.0.1/a?key=linekeykey")]))
  }

  @Test func aRotatedSecretIsTheSamePlan() throws {
    func digest(_ pin: String) throws -> String {
      try plan(guarded("pin: \"\(pin)\", proxy: \"http://a:\(pin)@h\"", more: "env: { KEY: k\(pin), A: a }")).digest
    }
    #expect(try digest("1") == digest("2"))
    let other = try plan(guarded("pin: \"1\", proxy: \"http://b:1@h\"", more: "env: { KEY: k1, A: a }"))
    #expect(try digest("1") != other.digest)
    #expect(other.hasDigest(other.digest) && other.hasDigest(other.revealed.digest), "as earlier versions had it")
    #expect(try !other.hasDigest(digest("1")))
  }

  @Test(arguments: [
    "workloads: { w: { plugin: guarded, proxy: «\"${env:NONE}\"» } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: guarded } }\nstrategies: { sync: }\nenv: { A: «\"x ${env:NONE}\"» }",
    "workloads: { w: { plugin: guarded } }\nstrategies: { sync: }\nhooks: { after_run: [a, «\"${env:NONE}\"»] }",
  ])
  func aVariableThatIsNotSetIsAnError(marked: String) throws {
    let text = MarkedText(marked)
    let found = load(text.text).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.message) == ["the environment variable 'NONE' isn't set"])
    #expect(found.map(\.span) == text.spans)
  }

  @Test(arguments: [
    "workloads: { w: { plugin: guarded, pin: [«a», «b»] } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: guarded, proxy: [«\"http://a:b@h\"», c] } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: sleep } }\nstrategies: { threads: { max_workers: «\"${env:N}\"» } }",
    "workloads: { w: { plugin: guarded, proxy: \"${p}\" } }\nstrategies: { sync: }\nvariables: { p: [a, «\"${env:N}\"»] }",
    "workloads: { w: { plugin: guarded, headers: { Cookie: \"${p}\" } } }\nstrategies: { sync: }\nvariables: { p: «[a, b]» }",
    "workloads: { w: { plugin: fetch, urls: [\"http://127.0.0.1/?key=${p}\"] } }\nstrategies: { sync: }\nvariables: { p: «[a, b]» }",
  ])
  func aSecretCannotBeAnAxis(marked: String) {
    let text = MarkedText(marked)
    let found = load(text.text, environment: Self.environment).diagnostics.filter { $0.severity == .error }
    #expect(
      found.allSatisfy { $0.message.hasPrefix("a secret can't be an axis: the levels of ") }, "\(found.map(\.message))")
    #expect(found.map(\.span) == text.spans)
  }

  @Test func diagnosticsQuoteNoSecret() {
    let text = """
      workloads: { w: { plugin: guarded, pin: pin-1, tasks: "${env:PIN}0x", bad: 1, headers: { Cookie: c-3, X-Key: [x-4] } } }
      strategies: { sync: }
      env: { API_TOKEN: "tok-5", P: "http://u:pw-6@h", Q: [1] }
      """
    let result = load(text, environment: Self.environment)
    let all = result.diagnostics.map(\.rendered.text).joined(separator: "\n")
    for secret in ["pin-1", "4711", "c-3", "x-4", "tok-5", "pw-6"] {
      #expect(!all.contains(secret), "\(secret) in \(all)")
    }
    #expect(all.contains("unknown key 'bad'") && all.contains("pin: ***, tasks"))
    #expect(all.contains("Cookie: ***") && all.contains("API_TOKEN: ***") && all.contains("P: \"http://u:***@h\""))
  }

  @Test func theMarkStandsBelowItsPlace() throws {
    let text = "workloads: { w: { plugin: guarded, pin: a-secret-pin, bad: 1 } }\nstrategies: { sync: }"
    let lines = try #require(load(text).diagnostics.first).rendered.text.split(separator: "\n")
    let place = try #require(lines[1].firstRange(of: "bad")?.lowerBound)
    #expect(
      lines[2].distance(from: lines[2].startIndex, to: try #require(lines[2].firstIndex(of: "^")))
        == lines[1].distance(from: lines[1].startIndex, to: place))
  }

  @Test func aFileThatCannotBeParsedKeepsItsSecrets() {
    for text in [
      "env:\n  API_TOKEN: s3cr3t\n   bad: x", "env: { API_TOKEN: s3cr3t, A: [ }", "env: { 'my_password' : \"s3cr3t\" ]",
      "a: \"http://u:s3cr3t@h\" ]", "env:\n  KEY: 's3cr3t",
    ] {
      let result = load(text)
      #expect(!result.diagnostics.isEmpty)
      #expect(
        !result.diagnostics.map(\.rendered.text).joined().contains("s3cr3t"),
        "\(result.diagnostics.map(\.rendered.text))")
    }
  }

  @Test func overridesAreMasked() {
    var overrides = Overrides()
    overrides.set = ["workloads.w.token=[s3cr3t"]
    let result = load(guarded("tasks: 1"), overrides: overrides)
    let all = (result.diagnostics.map(\.rendered.text) + result.usageErrors).joined(separator: "\n")
    #expect(all.contains("1 | ***") && !all.contains("s3cr3t"), "\(all)")
    overrides.set = ["nowhere.token=s3cr3t"]
    #expect(
      load(guarded("tasks: 1"), overrides: overrides).usageErrors == [
        "--set nowhere.token=***: no file has such a place"
      ])
    overrides.set = ["workloads.w.pin=abcdefgh1"]
    overrides.only = [Condition(expression: "strategy=abcdefgh1")].compactMap(\.self)
    #expect(!load(guarded("tasks: 1"), overrides: overrides).usageErrors.joined().contains("abcdefgh1"))
  }

  @Test func aReferenceToASecretOfTheFileIsNoReference() {
    #expect(problems(guarded("proxy: \"${secret:pin}\"")).first == "'secret:pin' isn't a variable's name")
    #expect(problems(guarded("proxy: \"${env:1x}\"")).first == "'1x' can't be the name of an environment variable")
  }
}
