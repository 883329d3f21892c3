package io.tributary.contracts.node;

import org.jspecify.annotations.Nullable;

/**
 * What a node should know next.
 *
 * @param nextHeartbeatMillis how long to wait, 100 to 600,000
 * @param configVersion of {@code GET /oca/v1/config}
 * @param contentVersion of {@code GET /oca/v1/plan}
 * @param revocationVersion of {@code GET /oca/v1/revocations}
 * @param inventoryWanted whether the node should {@code PUT /oca/v1/inventory}: its digest is not
 *     the one known here
 * @param drain whether the node should drain
 * @param routesWanted whether the node should {@code PUT /oca/v1/routes}: its version is not the
 *     one known here; an older control plane does not say
 * @param inventoryDigest of the inventory that is known here, if {@code inventoryWanted}: {@link
 *     InventoryChanges} of it are enough; null if all of it is wanted
 */
public record HeartbeatAnswer(
    long nextHeartbeatMillis,
    long configVersion,
    long contentVersion,
    long revocationVersion,
    boolean inventoryWanted,
    boolean drain,
    Boolean routesWanted,
    @Nullable String inventoryDigest) {
  public HeartbeatAnswer {
    routesWanted = routesWanted != null && routesWanted;
  }
}
