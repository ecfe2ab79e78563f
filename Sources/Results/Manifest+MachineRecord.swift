extension Manifest {
  /// The machine that trials ran on.
  package struct MachineRecord: Codable, Sendable {
    /// The name of the host.
    package var host: String
    /// The version of the kernel.
    package var kernel: String
    /// The model of the CPU; absent if unknown.
    package var cpuModel: String?
    /// The number of cores that concrun may use. A quota can make it fractional.
    package var effectiveCores: Double
    /// The size of the memory in bytes.
    package var memoryBytes: Int
    /// The smallest difference between two readings of the clock, in seconds; absent if it wasn't measured.
    package var clockStepSeconds: Double?
    /// The noise between runs on this machine, as a share; absent if `doctor` hasn't measured it.
    package var betweenRunFloor: Double?

    /// Makes the record of a machine whose noise is unknown.
    package init(host: String, kernel: String, cpuModel: String?, effectiveCores: Double, memoryBytes: Int) {
      self.host = host
      self.kernel = kernel
      self.cpuModel = cpuModel
      self.effectiveCores = effectiveCores
      self.memoryBytes = memoryBytes
    }

    private enum CodingKeys: String, CodingKey {
      case host, kernel
      case cpuModel = "cpu_model"
      case effectiveCores = "effective_cores"
      case memoryBytes = "memory_bytes"
      case clockStepSeconds = "clock_step_s"
      case betweenRunFloor = "between_run_floor"
    }
  }

  /// The state of a Git repository.
  package struct GitRecord: Codable, Sendable {
    /// The hash of the commit that is checked out.
    package var commit: String
    /// A Boolean value that is true if tracked files differ from the commit.
    package var isDirty: Bool

    /// Makes the record of a repository's state.
    package init(commit: String, isDirty: Bool) {
      self.commit = commit
      self.isDirty = isDirty
    }

    private enum CodingKeys: String, CodingKey {
      case commit
      case isDirty = "dirty"
    }
  }
}
