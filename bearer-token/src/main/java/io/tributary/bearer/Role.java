package io.tributary.bearer;

import java.util.Locale;
import java.util.Optional;

/** What a caller may do, from the token's {@code roles}. */
public enum Role {
  /** Plays titles. */
  VIEWER,
  /** Runs the fleet: titles, accounts, nodes, sites. */
  OPERATOR,
  /** An operator; nothing is allowed to this role alone yet. */
  ADMIN,
  /** An ISP: sees and drains its own network alone. */
  PARTNER;

  /** The role as the {@code roles} claim spells it, e.g. {@code viewer}. */
  public String claim() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads one word of a {@code roles} claim; empty for words that mean nothing here. */
  static Optional<Role> ofClaim(String word) {
    for (Role role : values()) {
      if (role.claim().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
