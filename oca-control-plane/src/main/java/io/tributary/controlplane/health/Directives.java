package io.tributary.controlplane.health;

import java.util.Set;

/**
 * What operators decided about nodes.
 *
 * @param revoked whose identity was withdrawn
 * @param draining who should take nothing new
 */
public record Directives(Set<String> revoked, Set<String> draining) {
  /** Nothing. */
  public static final Directives NONE = new Directives(Set.of(), Set.of());

  public Directives {
    revoked = Set.copyOf(revoked);
    draining = Set.copyOf(draining);
  }
}
