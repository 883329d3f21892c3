package io.tributary.controlplane.placement;

/**
 * A node as the plan sees it.
 *
 * @param id the node
 * @param siteId where it stands
 * @param storeBytes what it may hold
 * @param presence whether it can be counted on
 */
public record PlaceableNode(String id, String siteId, long storeBytes, Presence presence) {
  /** Whether a node can be counted on. */
  public enum Presence {
    /** Holds what it has and takes more. */
    PRESENT,
    /** Is believed to hold what it has; takes nothing new. */
    AWAY,
    /** Its copies must be made elsewhere. */
    GONE
  }
}
