package io.tributary.oca.check;

import java.util.Comparator;
import java.util.List;

/**
 * All that a check found.
 *
 * @param nodeId whose settings were looked at
 * @param findings in the order in which they were found
 */
public record Report(String nodeId, List<Finding> findings) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** The worst of its findings. */
  public Verdict verdict() {
    return findings.stream()
        .map(Finding::verdict)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.OK);
  }

  /** 1 when something failed; a warning alone stops nobody. */
  public int exitStatus() {
    return verdict() == Verdict.FAILED ? 1 : 0;
  }

  /** The last line for people. */
  public String summary() {
    return "node "
        + nodeId
        + ": "
        + count(Verdict.OK)
        + " ok, "
        + count(Verdict.WARNING)
        + " warnings, "
        + count(Verdict.FAILED)
        + " failed";
  }

  private long count(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
