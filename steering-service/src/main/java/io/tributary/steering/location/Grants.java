package io.tributary.steering.location;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Judges whether what a stranger announces counts: strangers are granted, not trusted. A route
 * counts if its prefix lies in one granted to the site's network, or if its origin is an autonomous
 * system granted to it.
 *
 * <p>The origin is what the announcer says it is. So a granted origin covers no prefix wider than
 * any network of the Internet has, and nobody claims all addresses by a number. Immutable; safe for
 * use by many threads.
 */
public final class Grants {
  /** The largest blocks that registries gave to one network: /8; of IPv6 none reaches /16. */
  private static final int WIDEST_IPV4_OF_ORIGIN = 8;

  private static final int WIDEST_IPV6_OF_ORIGIN = 16;

  /** What is thought of an announcement. */
  public enum Verdict {
    /** It counts. */
    GRANTED,
    /** Neither prefix nor origin is granted to the network. */
    NOT_GRANTED,
    /** The origin is granted, and the prefix is wider than an origin alone can vouch for. */
    TOO_WIDE
  }

  private record Granted(Set<IpPrefix> prefixes, BitSet lengths, Set<Long> originAsns) {}

  private final Map<String, Granted> byNetwork = new HashMap<>();

  /** These and no others; several of one network add up. */
  public Grants(Collection<NetworkGrant> grants) {
    for (NetworkGrant grant : grants) {
      Granted granted =
          byNetwork.computeIfAbsent(
              grant.networkId(),
              network -> new Granted(new HashSet<>(), new BitSet(), new HashSet<>()));
      granted.prefixes.addAll(grant.prefixes());
      granted.originAsns.addAll(grant.originAsns());
      grant.prefixes().forEach(prefix -> granted.lengths.set(prefix.length()));
    }
  }

  /**
   * Judges an announcement.
   *
   * @param networkId of the site that announces
   * @param originAsn the last network of the AS path; 0 where that is not one network
   */
  public Verdict judge(String networkId, IpPrefix prefix, long originAsn) {
    Granted granted = byNetwork.get(networkId);
    if (granted == null) {
      return Verdict.NOT_GRANTED;
    }
    for (int length = granted.lengths.previousSetBit(prefix.length());
        length >= 0;
        length = granted.lengths.previousSetBit(length - 1)) {
      if (granted.prefixes.contains(prefix.shortened(length))) {
        return Verdict.GRANTED;
      }
    }
    if (originAsn == 0 || !granted.originAsns.contains(originAsn)) {
      return Verdict.NOT_GRANTED;
    }
    int widest = prefix.version() == IpVersion.V4 ? WIDEST_IPV4_OF_ORIGIN : WIDEST_IPV6_OF_ORIGIN;
    return prefix.length() < widest ? Verdict.TOO_WIDE : Verdict.GRANTED;
  }
}
