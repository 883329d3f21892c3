package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.SetAsideReason;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At which site the peers of a route collector stand: the operator's list. A line is {@code
 * address,asn,site[,preference]}; an empty address or ASN stands for any. A peer is found by both,
 * then by its address, then by its ASN. Immutable; safe for use by many threads.
 */
public final class PeerSites {
  private static final long MAX_BYTES = 16 << 20; // hundred thousands of peers

  private record Peer(@Nullable IpPrefix address, @Nullable Long asn) {}

  /** The site, and the preference for all that this peer announces. */
  record SitePreference(String siteId, int preference) {}

  /** Not one of {@code Map.of}'s kind: those search through neighbouring keys, as ASNs are. */
  private final Map<Peer, SitePreference> sites;

  private PeerSites(Map<Peer, SitePreference> sites) {
    this.sites = new HashMap<>(sites);
  }

  /** A list as read, and what became of its lines. */
  public record Read(PeerSites peers, SourceReport report) {}

  /**
   * Reads a list. Of two lines for one peer the first counts.
   *
   * @param name for the report
   * @param source plain or packed by gzip; stays open
   */
  public static Read read(String name, InputStream source) {
    Map<Peer, SitePreference> sites = new HashMap<>();
    SourceReport report =
        new CsvLines(3, 4, MAX_BYTES).read(name, source, fields -> add(fields, sites));
    return new Read(new PeerSites(sites), report);
  }

  /** The peer's site; null if it has none. */
  @Nullable SitePreference find(RouterPeer peer) {
    SitePreference found = sites.get(new Peer(peer.address(), peer.asn()));
    found = found == null ? sites.get(new Peer(peer.address(), null)) : found;
    return found == null ? sites.get(new Peer(null, peer.asn())) : found;
  }

  private static @Nullable SetAsideReason add(
      List<String> fields, Map<Peer, SitePreference> sites) {
    String address = fields.get(0);
    String asn = fields.get(1);
    if (address.isEmpty() && asn.isEmpty()) {
      throw new IllegalArgumentException("address and asn are empty (expected: one of them)");
    }
    Peer peer =
        new Peer(
            address.isEmpty() ? null : IpPrefix.ofAddress(address),
            asn.isEmpty() ? null : CsvLines.number("asn", asn, 1, 0xFFFF_FFFFL));
    SitePreference site =
        new SitePreference(CsvLines.siteId(fields.get(2)), CsvLines.preference(fields, 3));
    if (sites.putIfAbsent(peer, site) != null) {
      throw new IllegalArgumentException("peer is there already (expected: one line each)");
    }
    return null;
  }
}
