package io.tributary.contracts.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /admin/v1/networks/{networkId}}: all of a network. What is left out is
 * taken away.
 *
 * @param name of the ISP, for people: 1 to 200 characters
 * @param asn its autonomous system's number, 0 to 4294967295; 0 for a private network
 * @param prefixes what its sites may announce, and all that they cover: at most 2,000 in CIDR
 *     notation, v4 of /8 or longer, v6 of /16 or longer, each once and with no bit set beyond its
 *     length; null or empty for none
 * @param originAsns autonomous systems whose prefixes its sites may announce too: at most 200, 1 to
 *     4294967295, each once; null or empty for none
 */
public record PutNetwork(
    String name, long asn, @Nullable List<String> prefixes, @Nullable List<Long> originAsns) {
  /** A large ISP announces some hundreds; every site's record has them all. */
  public static final int MAX_PREFIXES = 2_000;

  /** An ISP, and the networks that reach the Internet through it. */
  public static final int MAX_ORIGIN_ASNS = 200;

  public PutNetwork {
    prefixes = prefixes == null ? null : List.copyOf(prefixes);
    originAsns = originAsns == null ? null : List.copyOf(originAsns);
  }
}
