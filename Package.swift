// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A room of docs/architecture.md: a folder under Sources/ that may use only what it names here.
func room(
  _ name: String, uses dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict + settings)
}

/// What computes so much that its tests would take minutes without this.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// What several test targets share, and no product: a folder under Tests/Support/.
func support(_ name: String, uses dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Tests/Support/\(name)", swiftSettings: strict)
}

/// - Parameter excluded: what stands in the folder beside Swift files.
func tests(of name: String, uses dependencies: [Target.Dependency] = [], beside excluded: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: excluded, swiftSettings: strict)
}

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "concrun",
  products: [.executable(name: "concrun", targets: ["concrun"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CConcrunWorkload"),
    .target(name: "CLinux"),
    .target(name: "CLibcurl", linkerSettings: [.linkedLibrary("dl")]),

    room("YAML", uses: ["CLibYAML"]),
    room("Time"),
    room("Quantities"),
    room("Model", uses: ["Time"]),
    room("OS", uses: ["CLinux", "Time", system]),
    room("Board", uses: ["Model", "OS", "Time", system]),
    room(
      "EventLoop",
      uses: [
        "OS", "Time", .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    room(
      "Origin",
      uses: [
        "CZlib", "Quantities", "Time", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    room("HTTP", uses: ["CLibcurl", "CZlib", "EventLoop", "OS", "Time"]),
    room("ExperimentFile", uses: ["YAML", "Model", "Quantities"]),
    room("Conversation", uses: ["Model", "Time"]),
    room("PluginKit", uses: ["Board", "EventLoop", "Model", "OS", "Time"]),
    room("Strategies", uses: ["PluginKit", "Board", "EventLoop", "Model", "OS", "Time", system]),
    room("ExternalPlugins", uses: ["Conversation", "Board", "Model", "OS", "Time", system]),
    room(
      "Workloads",
      uses: [
        "CConcrunWorkload", "CLinux", "CZlib", "PluginKit", "HTTP", "Board", "EventLoop", "Model", "OS", "Time", system,
      ],
      settings: optimised),
    room("Statistics", uses: ["Model"], settings: optimised),
    room("Results", uses: ["Model", "OS", "Time", system]),
    room("Runner", uses: ["Model", "Conversation", "Board", "OS", "Statistics", "Time", system]),
    room("Runs", uses: ["Model", "OS", "Results", "Statistics"]),
    room(
      "OriginControl",
      uses: [
        "Conversation", "ExperimentFile", "Model", "OS", "Origin", "Results", "Runner", "Statistics", "Time", system,
      ]),
    room("Doctor", uses: ["HTTP", "Model", "OS", "OriginControl", "Results", "Runner", "Statistics", "Time"]),
    room("Reports", uses: ["Doctor", "Model", "OS", "Results", "Runs", "Statistics", "Time"]),
    .executableTarget(
      name: "concrun",
      dependencies: [
        "ExperimentFile", "YAML", "Model", "OS", "Board", "Conversation", "PluginKit", "Strategies", "Workloads",
        "ExternalPlugins", "Statistics", "Results", "Runner", "Runs", "Origin", "OriginControl", "Doctor", "Reports",
        "HTTP", "Time", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    support("Hermetic", uses: []),
    support(
      "OriginTLS",
      uses: [
        "Hermetic", "Origin", "OS", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),

    support("MarkedText", uses: ["YAML"]),
    support("TestFiles", uses: []),
    support("TimeLiterals", uses: ["Time"]),
    support("TrialRows", uses: ["Model", "Results"]),

    tests(of: "Time"),
    tests(of: "Quantities"),
    tests(of: "YAML", uses: ["MarkedText"]),
    tests(of: "Model", uses: ["Time", "TimeLiterals"]),
    tests(of: "OS", uses: ["Time", "TimeLiterals", system]),
    tests(of: "Board", uses: ["Model", "OS", "Time", "TimeLiterals"]),
    tests(of: "EventLoop", uses: ["OS", "Time", "TimeLiterals", system]),
    tests(
      of: "Origin",
      uses: ["CZlib", "OriginTLS", "Time", "TimeLiterals", .product(name: "NIOCore", package: "swift-nio")]),
    tests(of: "HTTP", uses: ["EventLoop", "Origin", "OriginTLS", "OS", "Time", system]),
    tests(of: "ExperimentFile", uses: ["Hermetic", "MarkedText", "YAML", "Model", "Results"]),
    tests(of: "Conversation", uses: ["Model", "Time", "TimeLiterals"]),
    tests(
      of: "Workloads",
      uses: [
        "Board", "CZlib", "EventLoop", "HTTP", "Model", "OS", "Origin", "PluginKit", "TestFiles", "Time",
        "TimeLiterals",
        system,
      ]),
    tests(
      of: "Strategies",
      uses: [
        "concrun", "CZlib", "Hermetic", "Origin", "Workloads", "PluginKit", "Runner", "Conversation", "Board", "Model",
        "OS", "Time", "TimeLiterals",
      ]),
    tests(
      of: "Doctor", uses: ["Board", "Conversation", "Model", "OS", "Results", "Runner", "Time", "TimeLiterals"]),
    tests(
      of: "Reports",
      uses: ["Doctor", "Model", "OS", "Results", "Runs", "Statistics", "TestFiles", "Time", "TimeLiterals"],
      beside: ["Golden"]),
    tests(of: "Runs", uses: ["Model", "OS", "Results", "Statistics", "TestFiles"]),
    tests(of: "OriginControl", uses: ["concrun", "Hermetic", "Model", "OS", "Origin", "Results", "Statistics"]),
    tests(of: "concrun", uses: ["Model", "Runner", "TestFiles", "YAML"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "concrun", "Hermetic", "MarkedText", "Model", "Results", "TrialRows", system,
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Plugins", "ReadBack", "requirements.txt"], swiftSettings: strict),
    tests(of: "Runner", uses: ["Board", "Conversation", "Model", "OS", "Statistics", "Time", "TimeLiterals"]),
    tests(of: "Results", uses: ["Model", "OS", "TestFiles", "Time", "TimeLiterals", "TrialRows", system]),
    tests(of: "Statistics", uses: ["Model"], beside: ["Reference"]),
  ],
  swiftLanguageModes: [.v6]
)
