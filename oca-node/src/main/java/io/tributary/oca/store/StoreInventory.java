package io.tributary.oca.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * What is held whole, as heartbeats and inventories tell it.
 *
 * @param digest as {@code contracts.node.Inventory} defines it
 * @param packages sorted by title and version
 */
public record StoreInventory(String digest, List<Held> packages) {
  /** Of packages that are sorted so; those that are not whole are left out. */
  static StoreInventory of(List<Held> held) {
    List<Held> whole = held.stream().filter(Held::isWhole).toList();
    MessageDigest digest = Sha256.digest();
    for (Held one : whole) {
      digest.update(
          (one.ref().path() + " " + one.manifestSha256() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new StoreInventory(Sha256.hex(digest), whole);
  }
}
