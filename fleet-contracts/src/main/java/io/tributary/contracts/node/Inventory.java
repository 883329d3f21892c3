package io.tributary.contracts.node;

import java.util.List;

/**
 * All that a node holds: {@code PUT /oca/v1/inventory}, in pages of at most 1,000 packages sorted
 * by title and version, sent one after the other from the first.
 *
 * @param nodeId must be the certificate's
 * @param incarnation as in the heartbeat
 * @param contentVersion of the newest plan read
 * @param digest SHA-256 in hexadecimal over {@code titleId/packageVersion manifestSha256\n} of
 *     every held package in order
 * @param page from 0
 * @param pages at least 1, even when nothing is held
 * @param packages held, complete and verified
 */
public record Inventory(
    String nodeId,
    long incarnation,
    long contentVersion,
    String digest,
    int page,
    int pages,
    List<HeldPackage> packages) {
  /** Packages a page; a page stays well under 256 KiB. */
  public static final int MAX_PACKAGES = 1_000;

  public Inventory {
    packages = List.copyOf(packages);
  }
}
