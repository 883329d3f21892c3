package io.tributary.steering.snapshot;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.media.PackageRef;

/** What one record of a state topic says. */
sealed interface Fact {
  /** A verdict on a node. */
  record NodeJudged(KnownNode node, LoadBoard.Load load) implements Fact {}

  /** The fleet no longer speaks of a node. */
  record NodeGone(String nodeId) implements Fact {}

  /** A node holds a package. */
  record Held(String nodeId, PackageRef ref) implements Fact {}

  /** A node no longer holds a package. */
  record Released(String nodeId, PackageRef ref) implements Fact {}

  /** What the operator says of a site. */
  record SiteTold(KnownSite site) implements Fact {}

  /** There is no such site any more. */
  record SiteGone(String siteId) implements Fact {}

  /** What a node heard from its site's router, as the control plane judged it. */
  record RoutesTold(RoutesJudged page) implements Fact {}

  /** There is no such page of routes any more. */
  record RoutesGone(String key) implements Fact {}

  /** The record cannot be read; what was known before goes on. */
  record Unreadable(String reason) implements Fact {}
}
