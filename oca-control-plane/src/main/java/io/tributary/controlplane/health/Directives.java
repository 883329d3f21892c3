package io.tributary.controlplane.health;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What operators decided about nodes, and what may be demanded of them.
 *
 * @param revoked whose identity was withdrawn
 * @param draining who should take nothing new
 * @param configVersion under which every node should run; empty while none may be demanded
 */
public record Directives(Set<String> revoked, Set<String> draining, OptionalLong configVersion) {
  /** Nothing. */
  public static final Directives NONE = new Directives(Set.of(), Set.of());

  public Directives {
    revoked = Set.copyOf(revoked);
    draining = Set.copyOf(draining);
  }

  /** Without a demand on configurations. */
  Directives(Set<String> revoked, Set<String> draining) {
    this(revoked, draining, OptionalLong.empty());
  }

  /** The same, and this demand. */
  Directives under(OptionalLong version) {
    return new Directives(revoked, draining, version);
  }

  /** What operators had decided when these were said: for as long as nothing newer can be read. */
  static Directives in(Collection<NodeVerdict> verdicts) {
    Set<String> revoked = new HashSet<>();
    Set<String> draining = new HashSet<>();
    for (NodeVerdict verdict : verdicts) {
      if (verdict.health() == NodeHealth.REVOKED) {
        revoked.add(verdict.nodeId());
      } else if (verdict.health() == NodeHealth.DRAINING
          && NodeVerdict.DRAINED_BY_OPERATOR.equals(verdict.reason())) {
        draining.add(verdict.nodeId());
      }
    }
    return new Directives(revoked, draining);
  }
}
