package io.tributary.oca.check;

import io.tributary.oca.check.NameFacts.Result;
import java.util.List;

/** A name in the settings must resolve, and soon: each connection waits for it. */
final class NameRule {
  static final String CHECK = "dns";

  private static final long SLOW_MILLIS = 1_000;

  private NameRule() {}

  static Finding judge(NameFacts facts) {
    String found = facts.host() + " (" + facts.setting() + ")";
    return switch (facts.result()) {
      case Result.Literal _ -> Finding.ok(CHECK, found + " is an address: nothing to resolve");
      case Result.Resolved(List<String> addresses, long millis) -> {
        String resolved = found + " is " + String.join(", ", addresses) + ", in " + millis + " ms";
        yield millis > SLOW_MILLIS
            ? Finding.warning(
                CHECK,
                resolved,
                "within " + SLOW_MILLIS + " ms",
                "look for a name server in /etc/resolv.conf that does not answer")
            : Finding.ok(CHECK, resolved);
      }
      case Result.Failed(String reason) when facts.isProxied() ->
          Finding.warning(
              CHECK,
              found + " does not resolve: " + reason,
              "an address, unless only the proxy knows the name",
              "look at egress: it goes by the proxy");
      case Result.Failed(String reason) ->
          Finding.failed(
              CHECK,
              found + " does not resolve: " + reason,
              "one address at least",
              "try `getent ahosts "
                  + facts.host()
                  + "`; look at /etc/resolv.conf and at the name's spelling");
    };
  }
}
