import Board
import CZlib
import Foundation
import Model
import PluginKit
import Testing

@testable import Workloads

/// In a folder of its own.
final class ReadFilesTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "concrun-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder + "/empty/deeper", withIntermediateDirectories: true)
    try Data("one".utf8).write(to: URL(filePath: folder + "/a"))
    try Data().write(to: URL(filePath: folder + "/b"))
    try Data("three three".utf8).write(to: URL(filePath: folder + "/c"))
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func workload(_ paths: [String], _ more: [String: Value] = [:]) throws -> ReadFilesWorkload {
    let values = more.merging(["paths": .list(paths.map { .string($0) })]) { $1 }
    return try ReadFilesWorkload(completed(ReadFilesWorkload.description, values))
  }

  @Test(arguments: [(1, false), (4, true), (65_536, true)])
  func aFolderIsItsFilesInOrder(bufferSize: Int, dropsCache: Bool) throws {
    let workload = try workload(
      [folder], ["repeat": .integer(2), "buffer_size": .integer(bufferSize), "drop_cache": .boolean(dropsCache)])
    let trial = try Trial(workload, threads: 2)
    #expect(trial.board.all.map(\.bytes) == [3, 0, 11, 3, 0, 11])
    let values = ["one", "", "three three"].map { UInt64(crc32(0, Array($0.utf8), UInt32($0.utf8.count))) }
    #expect(trial.board.all.map(\.value) == values + values)
  }

  @Test func onlyTheFilesThatAreNamed() throws {
    #expect(try workload([folder + "/c", folder + "/a"]).taskCount == 2)
  }

  @Test func whatIsNotThereIsSaidAtOnceAndWhichItIs() {
    #expect(throws: ParameterError(name: "paths", problem: "there is no file or folder \(folder)/d", item: 1)) {
      try workload([folder + "/a", folder + "/d"])
    }
    #expect(throws: ParameterError(name: "paths", problem: "there is no file in the folder \(folder)/empty", item: 0)) {
      try workload([folder + "/empty"])
    }
    #expect(throws: ParameterError(name: "paths", problem: "/dev/null is neither a file nor a folder", item: 0)) {
      try workload(["/dev/null"])
    }
  }

  @Test func aFileThatGoesAwayIsAFailedTask() throws {
    let workload = try workload([folder])
    try FileManager.default.removeItem(atPath: folder + "/b")
    let trial = try Trial(workload, threads: 1)
    #expect(trial.totals.ok == 2)
    #expect(trial.board.note == "task 1: error: \(folder)/b: open: No such file or directory")
  }
}
