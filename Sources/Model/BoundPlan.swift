/// A plan that can run: the embedded server's URL replaces each reference to it, and texts those to secrets.
package struct BoundPlan: Sendable {
  /// The plan, with the server's URL and with secrets in the parameters of its cells. It is never shown or stored.
  package let plan: Plan
  /// The plan with the server's URL, but without secrets.
  package let shown: Plan
  /// For each cell, the server's answer to each URL of its workload; empty where the workload sends no requests to it.
  private let answers: [[OriginAnswer?]]

  /// Makes a bound plan with the embedded server's answers.
  ///
  /// - Parameter answers: one list for each cell, with one place for each URL. A place is `nil` for a URL of another
  ///   server.
  package init(_ plan: Plan, answers: [[OriginAnswer?]]) {
    precondition(answers.count == plan.cells.count)
    shown = plan
    self.plan = plan.revealed
    self.answers = answers
  }

  /// Makes a bound plan of a plan that doesn't use the embedded server.
  package init(_ plan: Plan) {
    precondition(plan.cells.allSatisfy { $0.origin == nil })
    self.init(plan, answers: plan.cells.map { _ in [] })
  }

  /// Returns the known answers to the URLs of a cell's workload.
  ///
  /// - Parameter cell: index into the plan's cells.
  package func answers(ofCell cell: Int) -> [OriginAnswer?] { answers[cell] }
}
