package io.tributary.controlplane.routes;

import io.tributary.contracts.node.Routes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a route that a node's router announced may count: strangers are granted, not
 * trusted. In this order: the default route never does; addresses that nobody on the Internet has
 * do where the operator granted a block among them by name; the rest do if their prefix lies in a
 * granted one, or if their origin is granted and they are no wider than any network. Steering
 * judges again by the same grants. Pure.
 */
final class RouteJudge {
  private static final long MAX_32_BITS = 0xFFFF_FFFFL;

  /** So much of an address steering tells clients apart by. */
  private static final int NARROWEST_V4 = 24;

  private static final int NARROWEST_V6 = 48;

  private RouteJudge() {}

  /** Why the route does not count, for the ISP to read; empty if it does. */
  static Optional<String> refusal(Routes.Route route, RouteGrant grant) {
    // What JSON lacks arrives as null whatever the record's type says.
    @Nullable String text = route.prefix();
    Optional<AddressBlock> read = text == null ? Optional.empty() : AddressBlock.parse(text);
    if (read.isEmpty() || read.get().hasBitsBeyondLength()) {
      return Optional.of(
          "it is no prefix (expected: an IPv4 or IPv6 block with no bit set beyond its length)");
    }
    AddressBlock block = read.get();
    if (block.length() == 0) {
      return Optional.of("it is the default route (expected: the prefixes of your network)");
    }
    return wrongPath(route)
        .or(() -> tooNarrow(block))
        .or(() -> special(block, grant))
        .or(() -> ungranted(block, route, grant));
  }

  private static Optional<String> wrongPath(Routes.Route route) {
    if (route.asPath().size() > Routes.MAX_PATH) {
      return Optional.of(
          "its AS path has "
              + route.asPath().size()
              + " networks (expected: at most "
              + Routes.MAX_PATH
              + ")");
    }
    for (long asn : route.asPath()) {
      if (asn < 0 || asn > MAX_32_BITS) {
        return Optional.of("its AS path has " + asn + " (expected: 0 to " + MAX_32_BITS + ")");
      }
    }
    @Nullable Long med = route.med();
    return med != null && (med < 0 || med > MAX_32_BITS)
        ? Optional.of("its MED is " + med + " (expected: 0 to " + MAX_32_BITS + ")")
        : Optional.empty();
  }

  private static Optional<String> tooNarrow(AddressBlock block) {
    int narrowest = block.isV4() ? NARROWEST_V4 : NARROWEST_V6;
    return block.length() > narrowest
        ? Optional.of("it is too narrow (expected: /" + narrowest + " or wider)")
        : Optional.empty();
  }

  private static Optional<String> special(AddressBlock block, RouteGrant grant) {
    return SpecialBlocks.around(block)
        .filter(special ->
            grant.covering(block).filter(granted -> special.block().covers(granted)).isEmpty())
        .map(special ->
            "it lies in "
                + special.text()
                + ", which is "
                + special.what()
                + " (expected: public addresses)");
  }

  private static Optional<String> ungranted(
      AddressBlock block, Routes.Route route, RouteGrant grant) {
    if (grant.covering(block).isPresent()) {
      return Optional.empty();
    }
    long origin = route.asPath().isEmpty() ? 0 : route.asPath().getLast();
    if (origin == 0 || !grant.hasOrigin(origin)) {
      return Optional.of(
          (origin == 0 ? "it is not" : "neither it nor its origin AS" + origin + " is")
              + " granted to network "
              + (grant.networkId().isEmpty()
                  ? "none, as its site is not described"
                  : grant.networkId())
              + " (expected: a prefix or origin that the operator has granted)");
    }
    return block.length() < block.widest()
        ? Optional.of(
            "it is too wide for its origin alone (expected: /" + block.widest() + " or longer)")
        : Optional.empty();
  }
}
