package io.tributary.controlplane.routes;

import io.tributary.contracts.event.SiteDescribed;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the sites of a network may announce, by the operator's word. Immutable; safe for use by many
 * threads.
 */
final class RouteGrant {
  /** Of a site that nobody has described. */
  static final RouteGrant NOTHING = new RouteGrant("", List.of(), List.of());

  private final String networkId;
  private final Set<AddressBlock> prefixes = new HashSet<>();
  private final BitSet lengths = new BitSet();
  private final Set<Long> originAsns;

  RouteGrant(String networkId, List<String> prefixes, List<Long> originAsns) {
    this.networkId = networkId;
    this.originAsns = Set.copyOf(originAsns);
    for (String text : prefixes) {
      AddressBlock.parse(text)
          .ifPresent(prefix -> {
            this.prefixes.add(prefix);
            lengths.set(prefix.length());
          });
    }
  }

  static RouteGrant of(SiteDescribed site) {
    return new RouteGrant(site.networkId(), site.grantedPrefixes(), site.grantedOriginAsns());
  }

  /** Equal for equal grants, on every replica. */
  static long version(SiteDescribed site) {
    return Integer.toUnsignedLong(
        Objects.hash(site.networkId(), site.grantedPrefixes(), site.grantedOriginAsns()));
  }

  String networkId() {
    return networkId;
  }

  /** The narrowest granted prefix that covers {@code block}. */
  Optional<AddressBlock> covering(AddressBlock block) {
    for (int length = lengths.previousSetBit(block.length());
        length >= 0;
        length = lengths.previousSetBit(length - 1)) {
      AddressBlock wider = block.widened(length);
      if (prefixes.contains(wider)) {
        return Optional.of(wider);
      }
    }
    return Optional.empty();
  }

  boolean hasOrigin(long asn) {
    return originAsns.contains(asn);
  }
}
