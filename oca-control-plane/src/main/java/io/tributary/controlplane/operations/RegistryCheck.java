package io.tributary.controlplane.operations;

import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.controlplane.routes.AddressBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may write down of networks and sites, but for ids. Steering takes grants at
 * their word, so what no network can announce is refused here; private addresses are not, since a
 * campus announces its own. Pure.
 */
final class RegistryCheck {
  private static final int MAX_NAME = 200;
  private static final long MAX_ASN = 0xffff_ffffL;
  private static final int MAX_LATITUDE = 90;
  private static final int MAX_LONGITUDE = 180;
  private static final String A_BLOCK =
      "an IPv4 or IPv6 block such as 192.0.2.0/24 or 2001:db8::/32";

  private RegistryCheck() {}

  /** What is wrong with it: field, value and what was expected; empty if nothing is. */
  static Optional<String> wrong(PutNetwork network) {
    if (network.asn() < 0 || network.asn() > MAX_ASN) {
      return is("asn", network.asn(), "0 to " + MAX_ASN);
    }
    return wrongName(network.name())
        .or(() -> wrongPrefixes(orNone(network.prefixes())))
        .or(() -> wrongOrigins(orNone(network.originAsns())));
  }

  /** What is wrong with it, as above; whether there is such a network is not asked. */
  static Optional<String> wrong(PutSite site) {
    return wrongName(site.name())
        .or(() -> wrongDegrees("latitude", site.latitude(), MAX_LATITUDE))
        .or(() -> wrongDegrees("longitude", site.longitude(), MAX_LONGITUDE))
        .or(() -> lonely("latitude", site.latitude(), "longitude", site.longitude()))
        .or(() -> lonely("longitude", site.longitude(), "latitude", site.latitude()));
  }

  private static Optional<String> wrongName(@Nullable String name) {
    return name == null || name.isBlank() || name.length() > MAX_NAME
        ? is("name", name, "1 to " + MAX_NAME + " characters")
        : Optional.empty();
  }

  private static Optional<String> wrongPrefixes(List<String> prefixes) {
    if (prefixes.size() > PutNetwork.MAX_PREFIXES) {
      return tooMany("prefixes", prefixes.size(), PutNetwork.MAX_PREFIXES);
    }
    Map<AddressBlock, Integer> seen = new HashMap<>();
    for (int i = 0; i < prefixes.size(); i++) {
      String field = "prefixes[" + i + "]";
      String text = cut(prefixes.get(i));
      Optional<AddressBlock> read = AddressBlock.parse(prefixes.get(i));
      if (read.isEmpty()) {
        return is(field, text, A_BLOCK);
      }
      AddressBlock block = read.get();
      if (block.length() < block.widest()) {
        return is(field, text, "/" + block.widest() + " or longer");
      }
      if (block.hasBitsBeyondLength()) {
        return is(field, text, "no bit set beyond its length");
      }
      @Nullable Integer first = seen.putIfAbsent(block, i);
      if (first != null) {
        return is(field, text + ", which is prefixes[" + first + "]", "each once");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrongOrigins(List<Long> origins) {
    if (origins.size() > PutNetwork.MAX_ORIGIN_ASNS) {
      return tooMany("originAsns", origins.size(), PutNetwork.MAX_ORIGIN_ASNS);
    }
    for (int i = 0; i < origins.size(); i++) {
      String field = "originAsns[" + i + "]";
      long origin = origins.get(i);
      if (origin < 1 || origin > MAX_ASN) {
        return is(field, origin, "1 to " + MAX_ASN);
      }
      int first = origins.indexOf(origin);
      if (first < i) {
        return is(field, origin + ", which is originAsns[" + first + "]", "each once");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrongDegrees(String field, @Nullable Double degrees, int most) {
    // Written so that what is no number is wrong too.
    return degrees == null || Math.abs(degrees) <= most
        ? Optional.empty()
        : is(field, degrees, -most + " to " + most);
  }

  private static Optional<String> lonely(
      String missing, @Nullable Double value, String given, @Nullable Double other) {
    return value == null && other != null
        ? Optional.of(missing + " is missing (expected: one, as there is a " + given + ")")
        : Optional.empty();
  }

  private static Optional<String> tooMany(String field, int count, int most) {
    return Optional.of(field + " has " + count + " entries (expected: at most " + most + ")");
  }

  private static Optional<String> is(String field, @Nullable Object value, String expected) {
    return Optional.of(field + " is " + value + " (expected: " + expected + ")");
  }

  private static String cut(String text) {
    return text.length() <= AddressBlock.MAX_CHARACTERS
        ? text
        : text.substring(0, AddressBlock.MAX_CHARACTERS) + "…";
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
