package io.tributary.oca.check;

import java.util.List;

/**
 * A host in the settings, as this machine sees it.
 *
 * @param host as it is written
 * @param setting that names it
 * @param isProxied a proxy looks the name up, not this machine
 * @param result see there
 */
record NameFacts(String host, String setting, boolean isProxied, Result result) {
  /** What the resolver said. */
  sealed interface Result {
    /** An address needs no resolver. */
    record Literal() implements Result {}

    /** One address at least. */
    record Resolved(List<String> addresses, long millis) implements Result {}

    /** None. */
    record Failed(String reason) implements Result {}
  }
}
