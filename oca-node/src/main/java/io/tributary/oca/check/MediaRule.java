package io.tributary.oca.check;

import io.tributary.oca.check.MediaFacts.Port;
import io.tributary.oca.check.MediaFacts.Reach;
import java.net.InetAddress;
import java.util.List;

/** The door must be free (or open already), and the announced address should lead to it. */
final class MediaRule {
  static final String PORT = "media-port";
  static final String ENDPOINT = "endpoint";

  private MediaRule() {}

  static List<Finding> judge(MediaFacts facts, boolean isLoopback) {
    return List.of(port(facts), endpoint(facts, isLoopback));
  }

  private static Finding port(MediaFacts facts) {
    return switch (facts.port()) {
      case Port.Free _ -> Finding.ok(PORT, facts.address() + " is free");
      case Port.Ours _ -> Finding.ok(PORT, facts.address() + " is held by this node, which runs");
      case Port.Resting _ ->
          Finding.warning(
              PORT,
              facts.address() + " is held by a node that is not in service",
              "in service",
              "look at certificate and egress above, and into its log: `journalctl -u oca-node`");
      case Port.Taken(String by) ->
          Finding.failed(
              PORT,
              facts.address() + " is taken by " + by,
              "free, or this node's",
              "see who has it (`ss -ltnp`), or set another oca.serve.port");
      case Port.Unusable(String reason) ->
          Finding.failed(
              PORT,
              facts.address() + " cannot be listened on: " + reason,
              "an address of this machine, and a port that the node's user may have",
              "correct oca.serve.address and oca.serve.port");
    };
  }

  private static Finding endpoint(MediaFacts facts, boolean isLoopback) {
    String next =
        "see that oca.endpoint leads to "
            + facts.address()
            + " of this machine, through its firewall";
    return switch (facts.reach()) {
      case Reach.Here(long millis) when isLoopback ->
          Finding.warning(
              ENDPOINT,
              facts.announced() + " leads back here in " + millis + " ms, and so everywhere else",
              "an address that clients reach",
              "set oca.endpoint");
      case Reach.Here(long millis) ->
          Finding.ok(ENDPOINT, facts.announced() + " leads back here in " + millis + " ms");
      case Reach.Elsewhere(String who) ->
          Finding.failed(ENDPOINT, facts.announced() + " leads to " + who, "to this node", next);
      case Reach.Silent(String reason) ->
          Finding.warning(
              ENDPOINT,
              facts.announced() + " is not reached from here: " + reason,
              "reached, unless your router does not lead its own addresses back",
              next + "; the control plane's probe decides");
      case Reach.Untried(String reason) ->
          Finding.warning(
              ENDPOINT, facts.announced() + " was not tried: " + reason, "reached", next);
    };
  }

  /** Whether an announced host is this machine to everyone. */
  static boolean isLoopback(List<InetAddress> addresses) {
    return !addresses.isEmpty() && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
  }
}
