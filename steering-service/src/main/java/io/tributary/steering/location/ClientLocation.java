package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Which sites are near a client, in tiers, the nearest first. Each site of the fleet is in one of
 * them.
 *
 * <p>Most decisions end among the sites that reach the client's prefixes, and to ask where an
 * address is on Earth takes longer than all else. So the tiers beyond are worked out when an
 * iterator comes to them, anew for each.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class ClientLocation implements Iterable<Tier> {
  private final InetAddress address;
  private final List<Tier> byPrefix;
  private final Supplier<List<Tier>> beyond;

  /**
   * Locates.
   *
   * @param beyond the tiers after those by prefix; the same whenever it is asked
   */
  ClientLocation(InetAddress address, List<Tier> byPrefix, Supplier<List<Tier>> beyond) {
    this.address = address;
    this.byPrefix = List.copyOf(byPrefix);
    this.beyond = beyond;
  }

  @Override
  public Iterator<Tier> iterator() {
    return new Iterator<>() {
      private Iterator<Tier> tiers = byPrefix.iterator();
      private boolean isBeyond;

      @Override
      public boolean hasNext() {
        if (!tiers.hasNext() && !isBeyond) {
          isBeyond = true;
          tiers = beyond.get().iterator();
        }
        return tiers.hasNext();
      }

      @Override
      public Tier next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no further tier");
        }
        return tiers.next();
      }
    };
  }

  /** All tiers. */
  public List<Tier> tiers() {
    List<Tier> all = new ArrayList<>(byPrefix);
    all.addAll(beyond.get());
    return List.copyOf(all);
  }

  /** How the client was located, for people: a line a tier. */
  public List<String> inWords() {
    List<String> lines = new ArrayList<>();
    lines.add("client " + address.getHostAddress());
    int tier = 0;
    for (Tier next : tiers()) {
      lines.add("tier " + tier++ + ": " + next.inWords());
    }
    return List.copyOf(lines);
  }
}
