package io.tributary.fleet.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How to start a process.
 *
 * @param name unique in its fleet
 * @param command program and arguments
 * @param workingDirectory of the process; made when missing
 * @param log that its output is appended to
 */
public record ProcessSpec(String name, List<String> command, Path workingDirectory, Path log) {
  public ProcessSpec {
    command = List.copyOf(command);
  }
}
