import Testing

/// The folders of the room are phases: data goes from the first to the last, and no phase knows a later one.
struct PhaseTests {
  /// Each folder with the folders whose types it may name, beside its own. Files outside of folders may name all.
  private static let phases = [
    "Reading": [], "Declaring": ["Reading"], "Expanding": ["Reading", "Declaring"],
    "Selecting": ["Reading", "Declaring", "Expanding"], "Schema": ["Reading", "Declaring"],
  ]

  @Test func everyFolderIsAPhase() throws {
    #expect(try Set(SwiftSource.all.get().map(\.folder)) == Set(Self.phases.keys).union([""]))
  }

  @Test func noPhaseNamesATypeOfALaterOne() throws {
    let sources = try SwiftSource.all.get()
    for source in sources {
      guard let earlier = Self.phases[source.folder] else { continue }
      for other in sources where other.folder != source.folder && !earlier.contains(other.folder) {
        let named = source.words.intersection(other.types).sorted()
        #expect(named == [], "\(source.path) names types of \(other.path)")
      }
    }
  }

  /// Files can be read in an order in which nothing is named before it is declared.
  @Test func filesFormNoCircle() throws {
    var left = try SwiftSource.all.get()
    while true {
      let ready = left.filter { source in
        left.allSatisfy { $0.path == source.path || $0.types.isDisjoint(with: source.words) }
      }
      if ready.isEmpty { break }
      left.removeAll { source in ready.contains { $0.path == source.path } }
    }
    #expect(left.map(\.path) == [])
  }

  /// Without this, the tests above could pass because nothing is found.
  @Test func onlyCodeNamesTypes() {
    let text = ###"""
      /// Made by Late. /* Late
      struct Early { /* Late */
        let text = "Late \"Late\" \(Used.value(", Late")) Late" // Late
        let other: Other = ##"Late "Late" \(Late) \##(Raw.value) Late"##
        let more = ""; let most = Most()
      }
      """###
    let source = SwiftSource(path: "Reading/Early.swift", text: text + "\nlet x = \"\"\"\n  Late \"Late\"\n  \"\"\"\n")
    #expect(source.folder == "Reading")
    #expect(source.types == ["Early"])
    #expect(source.words.isSuperset(of: ["Used", "Other", "Raw", "Most"]))
    #expect(!source.words.contains("Late"))
  }
}
