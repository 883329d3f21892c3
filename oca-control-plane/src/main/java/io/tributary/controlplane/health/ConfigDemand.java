package io.tributary.controlplane.health;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which configuration may be demanded of nodes: under another one, with other keys than media
 * tokens are signed with, a node would refuse the plays that are sent to it.
 *
 * <p>What nodes are told is demanded once more than half of the named nodes confirmed it, and from
 * then on until more than half of them run under another: what most nodes cannot take is more
 * likely our fault than theirs, replicas of ours that were given different settings must not empty
 * the rankings, and a node that dies takes no demand with it.
 *
 * <p>Pure. Not safe for use by many threads.
 */
final class ConfigDemand {
  private OptionalLong demanded = OptionalLong.empty();

  /**
   * What is demanded now.
   *
   * @param told what nodes are told; empty while there is none
   * @param verdicts of the whole fleet
   */
  OptionalLong of(OptionalLong told, Collection<NodeVerdict> verdicts) {
    List<NodeVerdict> named =
        verdicts.stream()
            .filter(
                each -> each.health() == NodeHealth.HEALTHY || each.health() == NodeHealth.DRAINING)
            .toList();
    long confirmed =
        named.stream()
            .filter(each -> told.isPresent() && each.configVersion() == told.getAsLong())
            .count();
    boolean mostDid = confirmed * 2 > named.size();
    boolean mostDidNot = confirmed * 2 < named.size();
    boolean wasDemanded = told.isPresent() && told.equals(demanded);
    demanded = mostDid || (wasDemanded && !mostDidNot) ? told : OptionalLong.empty();
    return demanded;
  }
}
