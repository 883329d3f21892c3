package io.tributary.contracts.admin;

import java.util.List;

/**
 * An ISP whose sites hold nodes.
 *
 * @param id 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
 * @param name of the ISP, for people
 * @param asn its autonomous system's number; 0 for a private network
 * @param prefixes in CIDR notation, v4 or v6, what its sites may announce, and all that they cover
 * @param originAsns autonomous systems whose prefixes its sites may announce too
 */
public record Network(
    String id, String name, long asn, List<String> prefixes, List<Long> originAsns) {
  public Network {
    prefixes = prefixes == null ? List.of() : List.copyOf(prefixes);
    originAsns = originAsns == null ? List.of() : List.copyOf(originAsns);
  }
}
