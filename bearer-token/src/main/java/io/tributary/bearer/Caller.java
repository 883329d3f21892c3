package io.tributary.bearer;

import java.util.Set;

/**
 * Whom a verified token speaks for.
 *
 * @param subject the account's id: 1 to 128 visible ASCII characters, so it may stand in a header
 *     and a log line
 * @param roles the known ones; may be empty
 * @param issuer who says so
 */
public record Caller(String subject, Set<Role> roles, String issuer) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Whether the caller has at least one of these roles. */
  public boolean hasAnyOf(Set<Role> wanted) {
    return roles.stream().anyMatch(wanted::contains);
  }
}
