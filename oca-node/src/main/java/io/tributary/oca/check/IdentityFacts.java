package io.tributary.oca.check;

import java.nio.file.Path;
import java.time.Instant;

/** What the state directory, and the token beside it, tell of who this node is. */
sealed interface IdentityFacts {
  /**
   * It has enrolled.
   *
   * @param configuredId as in the settings
   * @param nodeId as in its certificate's place
   * @param siteId likewise
   * @param notBefore the certificate's begin
   * @param notAfter the certificate's end
   * @param renewAfter from when on the node asks for the next
   * @param hasItsKey whether the kept key is that certificate's
   */
  record Enrolled(
      String configuredId,
      String nodeId,
      String siteId,
      Instant notBefore,
      Instant notAfter,
      Instant renewAfter,
      boolean hasItsKey)
      implements IdentityFacts {}

  /** It has not enrolled, and has what it needs for that. */
  record HasToken(Path file, boolean othersRead) implements IdentityFacts {}

  /** It has not enrolled, and cannot: in words of what is wrong with its token file. */
  record NoToken(String reason) implements IdentityFacts {}

  /** Something is kept, but this user cannot use it. */
  record Unreadable(String reason) implements IdentityFacts {}
}
