package io.tributary.contracts.node;

import java.util.List;

/**
 * What became of an inventory that is known at the control plane: {@code PATCH /oca/v1/inventory}.
 * Safe to repeat. Taken only if it leads from what is known there to what the digest says;
 * otherwise it is answered 409, and all is to be sent.
 *
 * @param nodeId must be the certificate's
 * @param incarnation as in the heartbeat
 * @param contentVersion of the newest plan read
 * @param fromDigest of the inventory that changed: {@link HeartbeatAnswer#inventoryDigest}
 * @param digest of the inventory it became; see {@link Inventory#digest}
 * @param removed no longer held, or held with another digest now
 * @param added held now; with {@code removed} at most {@link Inventory#MAX_PACKAGES}
 */
public record InventoryChanges(
    String nodeId,
    long incarnation,
    long contentVersion,
    String fromDigest,
    String digest,
    List<HeldPackage> removed,
    List<HeldPackage> added) {
  public InventoryChanges {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }
}
