package io.tributary.fleet.process;

/** What has become of a process. */
public sealed interface ProcessState {

  /** It runs. */
  record Running(long pid) implements ProcessState {}

  /** It was stopped by SIGSTOP and goes on at SIGCONT. */
  record Frozen(long pid) implements ProcessState {}

  /**
   * It ended, but not all that it started did.
   *
   * @param session of those that are left
   */
  record Orphans(long session) implements ProcessState {}

  /** It ended, or was never started. */
  record Gone() implements ProcessState {}
}
