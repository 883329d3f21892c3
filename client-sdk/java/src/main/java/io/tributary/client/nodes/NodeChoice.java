package io.tributary.client.nodes;

import java.util.List;

/** The answer to "which node should be asked next?". */
public sealed interface NodeChoice {
  /** Ask this one: the best ranked that has done nothing wrong. */
  record Trusted(PlayNode node) implements NodeChoice {}

  /**
   * Every node has failed this play. The caller may try them once more in this order, slowly, while
   * it asks for a new ranking.
   *
   * @param nodes as ranked, but those that sent wrong bytes last; never empty
   */
  record LastChance(List<PlayNode> nodes) implements NodeChoice {}
}
