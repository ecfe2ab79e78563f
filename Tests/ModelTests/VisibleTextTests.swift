import Model
import Testing

/// The one sanitiser of all that terminals are shown.
struct VisibleTextTests {
  @Test(arguments: [
    ("plain\ttext\n", "plain\ttext\n"), ("", ""), ("größer → 日本 👩‍🔬", "größer → 日本 👩‍🔬"),
    ("\u{1b}[31m", "\\u{1b}[31m"), ("a\rb", "a\\u{d}b"), ("\u{0}\u{7}\u{8}\u{7f}", "\\u{0}\\u{7}\\u{8}\\u{7f}"),
    ("\u{9b}2J\u{9d}0;t\u{9c}\u{85}", "\\u{9b}2J\\u{9d}0;t\\u{9c}\\u{85}"),
    ("\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}", "\\u{202a}\\u{202b}\\u{202c}\\u{202d}\\u{202e}"),
    (
      "\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}",
      "\\u{2066}\\u{2067}\\u{2068}\\u{2069}\\u{200e}\\u{200f}\\u{61c}"
    ),
    ("\u{2028}\u{2029}\u{feff}\u{200b}", "\\u{2028}\\u{2029}\\u{feff}\\u{200b}"), ("\u{fffd}", "\u{fffd}"),
  ])
  func controlsAreWritten(text: String, visible: String) {
    #expect(text.visible == visible)
    #expect(text.visible.visible == visible)
  }

  @Test func aLineHasNoLineFeeds() {
    #expect("a\nb\tc\u{1b}".visibleLine == "a\\u{a}b\\u{9}c\\u{1b}")
  }
}
