package io.tributary.steering.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixTableTest {
  @Test
  void anAddressHasTheChainOfItsPrefixesTheMostSpecificFirst() {
    PrefixTable table =
        table("10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.2.0.0/16", "0.0.0.0/0");

    assertEquals(
        List.of("10.1.2.0/24", "10.1.0.0/16", "10.0.0.0/8", "0.0.0.0/0"),
        chain(table, InetAddress.ofLiteral("10.1.2.3")));
    assertEquals(
        List.of("10.1.0.0/16", "10.0.0.0/8", "0.0.0.0/0"),
        chain(table, InetAddress.ofLiteral("10.1.3.0")));
    assertEquals(List.of("0.0.0.0/0"), chain(table, InetAddress.ofLiteral("255.255.255.255")));
  }

  @Test
  void anAddressThatNobodyReachesHasNone() {
    PrefixTable table = table("10.0.0.0/8", "2001:db8::/32");

    for (String address : List.of("9.255.255.255", "11.0.0.0", "0.0.0.0", "2001:db9::", "::")) {
      assertEquals(PrefixTable.NONE, table.find(InetAddress.ofLiteral(address)), address);
    }
    assertEquals(PrefixTable.NONE, PrefixTable.EMPTY.find(InetAddress.ofLiteral("10.0.0.1")));
    assertEquals(PrefixTable.NONE, PrefixTable.EMPTY.find(InetAddress.ofLiteral("::1")));
  }

  @Test
  void theTwoProtocolsDoNotCoverEachOther() {
    PrefixTable table = table("::/0", "10.0.0.0/8", "2001:db8::/32", "2001:db8::1/128");

    assertEquals(List.of("10.0.0.0/8"), chain(table, InetAddress.ofLiteral("10.0.0.1")));
    assertEquals(
        List.of("2001:db8::1/128", "2001:db8::/32", "::/0"),
        chain(table, InetAddress.ofLiteral("2001:db8::1")));
    assertEquals(
        List.of("2001:db8::/32", "::/0"), chain(table, InetAddress.ofLiteral("2001:db8::2")));
    assertThat(chain(table, InetAddress.ofLiteral("12.0.0.1"))).isEmpty();
  }

  @Test
  void anIpv4MappedAddressIsIpv4() throws Exception {
    PrefixTable table = table("::/0", "10.0.0.0/8");
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xFF;
    mapped[12] = 10;

    assertEquals(List.of("10.0.0.0/8"), chain(table, Inet6Address.getByAddress(null, mapped, -1)));
  }

  /** Thousands of tables, each asked at every edge of every prefix and elsewhere. */
  @Test
  void givenAnyPrefixes_thenTheChainIsThatOfASearchThroughAllOfThem() throws Exception {
    for (long seed = 1; seed <= 1_500; seed++) {
      RandomPrefixes random = new RandomPrefixes(seed);
      List<IpPrefix> prefixes = new ArrayList<>();
      for (int i = random.below(60); i >= 0; i--) {
        prefixes.add(random.prefix());
      }
      PrefixTable table = table(prefixes);
      List<InetAddress> addresses = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        addresses.add(InetAddress.getByAddress(random.address()));
      }
      prefixes.forEach(prefix -> addresses.addAll(edges(prefix)));
      for (InetAddress address : addresses) {
        assertEquals(
            naiveChain(prefixes, address), chain(table, address), "seed " + seed + " " + address);
      }
    }
  }

  @Test
  void givenAnyOrderOfRoutes_thenTheTableIsTheSame() {
    for (long seed = 1; seed <= 100; seed++) {
      RandomPrefixes random = new RandomPrefixes(seed);
      List<IpPrefix> prefixes = new ArrayList<>();
      List<RouteOrigin> origins = new ArrayList<>();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        prefixes.add(
            random.below(2) == 0 || i == 0 ? random.prefix() : prefixes.get(random.below(i)));
        origins.add(
            origin("s" + random.below(5), random.below(3), random.below(3), random.below(3)));
        order.add(i);
      }
      PrefixTableBuilder straight = new PrefixTableBuilder();
      order.forEach(i -> straight.add(prefixes.get(i), origins.get(i)));
      Collections.shuffle(order, new Random(seed));
      PrefixTableBuilder shuffled = new PrefixTableBuilder();
      order.forEach(i -> shuffled.add(prefixes.get(i), origins.get(i)));

      assertEquals(contents(straight.build()), contents(shuffled.build()), "seed " + seed);
    }
  }

  @Test
  void aPrefixToldTwiceIsThereOnceWithAllItsOrigins() {
    PrefixTableBuilder routes = new PrefixTableBuilder();
    IpPrefix prefix = IpPrefix.parse("10.0.0.0/8");
    routes.add(prefix, origin("b", 1, 1, 0));
    routes.add(prefix, origin("a", 1, 1, 0));
    routes.add(prefix, origin("a", 1, 1, 0));
    PrefixTable table = routes.build();

    assertEquals(1, table.size());
    assertEquals(
        List.of(List.of(origin("a", 1, 1, 0), origin("b", 1, 1, 0))),
        originTiers(table, table.find(InetAddress.ofLiteral("10.0.0.0"))));
  }

  private static RouteOrigin origin(String siteId, int pathLength, int neighbour, int med) {
    return new RouteOrigin(siteId, 100, pathLength, neighbour, med, RouteSource.MRT);
  }

  private static PrefixTable table(String... prefixes) {
    return table(List.of(prefixes).stream().map(IpPrefix::parse).toList());
  }

  private static PrefixTable table(List<IpPrefix> prefixes) {
    PrefixTableBuilder routes = new PrefixTableBuilder();
    prefixes.forEach(prefix -> assertTrue(routes.add(prefix, origin("site", 1, 1, 0))));
    return routes.build();
  }

  private static List<List<RouteOrigin>> originTiers(PrefixTable table, int entry) {
    OriginTiers all = table.originTiers();
    List<List<RouteOrigin>> tiers = new ArrayList<>(List.of(new ArrayList<>()));
    for (int place = table.originSet(entry); ; place++) {
      tiers.getLast().add(all.origins().get(all.number(place)));
      if (all.endsSet(place)) {
        return tiers;
      }
      if (all.endsTier(place)) {
        tiers.add(new ArrayList<>());
      }
    }
  }

  private static List<String> contents(PrefixTable table) {
    List<String> contents = new ArrayList<>();
    for (int entry = 0; entry < table.size(); entry++) {
      contents.add(
          table.prefix(entry) + " " + table.parent(entry) + " " + originTiers(table, entry));
    }
    return contents;
  }

  private static List<String> chain(PrefixTable table, InetAddress address) {
    List<String> chain = new ArrayList<>();
    for (int entry = table.find(address); entry != PrefixTable.NONE; entry = table.parent(entry)) {
      chain.add(table.prefix(entry).toString());
    }
    return chain;
  }

  private static List<String> naiveChain(List<IpPrefix> prefixes, InetAddress address) {
    IpPrefix host = IpPrefix.ofAddress(address);
    return prefixes.stream()
        .distinct()
        .filter(prefix -> prefix.covers(host))
        .sorted(Comparator.comparingInt(IpPrefix::length).reversed())
        .map(IpPrefix::toString)
        .toList();
  }

  /** The first and the last address, and those beside them. */
  private static List<InetAddress> edges(IpPrefix prefix) {
    List<InetAddress> edges = new ArrayList<>();
    int bytes = prefix.version().bits() / Byte.SIZE;
    BigInteger first = BigInteger.ZERO;
    for (int i = 0; i < bytes; i++) {
      long half = i < 8 ? prefix.high() : prefix.low();
      first = first.shiftLeft(8).or(BigInteger.valueOf(half >>> (56 - 8 * (i % 8)) & 0xFF));
    }
    BigInteger size = BigInteger.ONE.shiftLeft(prefix.version().bits() - prefix.length());
    BigInteger space = BigInteger.ONE.shiftLeft(prefix.version().bits());
    for (BigInteger edge :
        List.of(
            first,
            first.subtract(BigInteger.ONE),
            first.add(size),
            first.add(size).subtract(BigInteger.ONE))) {
      if (edge.signum() >= 0 && edge.compareTo(space) < 0) {
        byte[] raw = edge.toByteArray();
        byte[] address = new byte[bytes];
        int from = Math.max(0, raw.length - bytes);
        System.arraycopy(raw, from, address, bytes - (raw.length - from), raw.length - from);
        try {
          edges.add(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
          throw new AssertionError(e);
        }
      }
    }
    return edges;
  }
}
