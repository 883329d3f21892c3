package io.tributary.sim.world;

import io.tributary.contracts.media.PackageRef;
import io.tributary.sim.scenario.Catalogue;
import io.tributary.sim.scenario.Chance;
import io.tributary.sim.scenario.Scenario;
import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.Grants;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteIntake;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.location.Sites;
import io.tributary.steering.location.Tier;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario's seed makes of it before anything happens: sites, nodes, viewers, packages, and
 * how near each is to each. Holdings alone change later.
 *
 * <p>A site's network has a prefix of its own, which the site announces directly and the site next
 * to it over one network more. Viewers off the net are in prefixes that nobody announces.
 */
public final class World {
  /** When every simulation begins. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final int CLIENTS_PER_SITE = 4;
  private static final int NETWORK_LENGTH = 16;
  private static final int CLIENT_LENGTH = 24;

  /**
   * Of all plays of a site's viewers, off the net or in it, these are near the site, in degrees.
   */
  private static final double CLIENT_SPREAD_DEGREES = 0.5;

  private static final double OFF_NET_SPREAD_DEGREES = 3;

  private final Scenario scenario;
  private final List<Site> sites = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Pack> packs = new ArrayList<>();
  private final double[] clientWeights;
  private final double[] packWeights;
  private final ClientLocator locator;
  private final Holdings holdings;
  private final int[][] tiers;
  private final double[][] kilometres;

  /** The world of a scenario. */
  public World(Scenario scenario) {
    this.scenario = scenario;
    SplittableRandom random = Chance.of(scenario.seed(), "world");
    makeSites(random);
    this.clientWeights = makeClients(random);
    this.locator = locating();
    Catalogue catalogue = scenario.catalogue();
    for (int i = 0; i < catalogue.packages(); i++) {
      packs.add(new Pack(i, new PackageRef("title-" + i, "p1")));
    }
    this.packWeights = Chance.zipf(packs.size(), catalogue.zipf());
    this.holdings = new Holdings(this, Chance.of(scenario.seed(), "holdings"));
    this.tiers = new int[clients.size()][];
    this.kilometres = new double[clients.size()][sites.size()];
    for (Client client : clients) {
      tiers[client.index()] = tiers(client);
      for (Site site : sites) {
        kilometres[client.index()][site.index()] =
            Earth.kilometres(client.coordinates(), site.coordinates());
      }
    }
  }

  private void makeSites(SplittableRandom random) {
    List<Long> capacities = scenario.layout().egressCapacitiesBitsPerSecond();
    for (int i = 0; i < scenario.layout().sites(); i++) {
      Site site =
          new Site(
              i,
              "site-" + i,
              new Coordinates(36 + 24 * random.nextDouble(), -9 + 39 * random.nextDouble()));
      sites.add(site);
      for (int j = 0; j < scenario.layout().nodesPerSite(); j++) {
        int index = nodes.size();
        nodes.add(
            new Node(index, "node-" + index, site, capacities.get(index % capacities.size())));
      }
    }
  }

  private double[] makeClients(SplittableRandom random) {
    double offNet = scenario.layout().offNetShare();
    double[] siteWeights = Chance.zipf(sites.size(), scenario.layout().siteSkew());
    List<Double> weights = new ArrayList<>();
    for (Site site : sites) {
      double before = site.index() == 0 ? 0 : siteWeights[site.index() - 1];
      double weight = siteWeights[site.index()] - before;
      for (int i = 0; i < CLIENTS_PER_SITE; i++) {
        addClient(network(10, site.index(), i), site, site, CLIENT_SPREAD_DEGREES, random);
        weights.add(weight * (1 - offNet) / CLIENTS_PER_SITE);
        addClient(network(100, site.index(), i), null, site, OFF_NET_SPREAD_DEGREES, random);
        weights.add(weight * offNet / CLIENTS_PER_SITE);
      }
    }
    double[] cumulative = new double[weights.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += weights.get(i);
      cumulative[i] = sum;
    }
    return cumulative;
  }

  private void addClient(
      ClientNetwork network,
      @Nullable Site home,
      Site near,
      double spread,
      SplittableRandom random) {
    Coordinates coordinates =
        new Coordinates(
            near.coordinates().latitude() + spread * (2 * random.nextDouble() - 1),
            near.coordinates().longitude() + spread * (2 * random.nextDouble() - 1));
    clients.add(new Client(clients.size(), network, coordinates, home));
  }

  private static ClientNetwork network(int first, int site, int client) {
    byte[] address = {(byte) (first + (site >>> 8)), (byte) site, (byte) client, 0};
    return new ClientNetwork(IpPrefix.masked(address, CLIENT_LENGTH));
  }

  private ClientLocator locating() {
    Sites places =
        new Sites(
            sites.stream()
                .map(
                    site -> new SitePlace(site.id(), "network-" + site.index(), site.coordinates()))
                .toList());
    RouteIntake intake = new RouteIntake(places, new Grants(List.of()));
    Map<InetAddress, Coordinates> geography = new HashMap<>();
    for (Client client : clients) {
      geography.put(client.network().firstAddress(), client.coordinates());
    }
    for (Site site : sites) {
      IpPrefix network =
          IpPrefix.masked(network(10, site.index(), 0).firstAddress().getAddress(), NETWORK_LENGTH);
      intake.said(network, route(site, 1));
      sites.stream()
          .filter(other -> !other.equals(site))
          .min(
              Comparator.comparingDouble(
                  other -> Earth.kilometres(site.coordinates(), other.coordinates())))
          .ifPresent(next -> intake.said(network, route(next, 2)));
    }
    return new ClientLocator(
        intake.table(), places, address -> Optional.ofNullable(geography.get(address)), null);
  }

  private static RouteOrigin route(Site site, int networks) {
    return new RouteOrigin(
        site.id(), RouteOrigin.DEFAULT_PREFERENCE, networks, 64_500, 0, RouteSource.MRT);
  }

  private int[] tiers(Client client) {
    int[] bySite = new int[sites.size()];
    List<Tier> located = locator.locate(client.network().firstAddress()).tiers();
    for (int tier = 0; tier < located.size(); tier++) {
      for (String siteId : located.get(tier).siteIds()) {
        bySite[Integer.parseInt(siteId.substring("site-".length()))] = tier;
      }
    }
    return bySite;
  }

  /** What it was made of. */
  public Scenario scenario() {
    return scenario;
  }

  /** All, by index. */
  public List<Site> sites() {
    return sites;
  }

  /** All, by index; of one site, one after another. */
  public List<Node> nodes() {
    return nodes;
  }

  /** All, by index. */
  public List<Pack> packs() {
    return packs;
  }

  /** All, by index. */
  public List<Client> clients() {
    return clients;
  }

  /** Who holds what. */
  public Holdings holdings() {
    return holdings;
  }

  /** Finds sites near clients, as steering does. */
  public ClientLocator locator() {
    return locator;
  }

  /** How near a node's site is to a client: 0 is the nearest tier of all sites. */
  public int tier(Client client, Node node) {
    return tiers[client.index()][node.site().index()];
  }

  /** Along the surface. */
  public double kilometres(Client client, Site site) {
    return kilometres[client.index()][site.index()];
  }

  /** What all nodes can send together. */
  public double capacityBitsPerSecond() {
    return nodes.stream().mapToDouble(Node::egressCapacityBitsPerSecond).sum();
  }

  /** Any client, as often as it plays. */
  public Client anyClient(SplittableRandom random) {
    return clients.get(Chance.pick(random, clientWeights));
  }

  /** A client in the network of that site. */
  public Client clientOf(int site, SplittableRandom random) {
    return clients.get(2 * (CLIENTS_PER_SITE * site + random.nextInt(CLIENTS_PER_SITE)));
  }

  /** Any package, as often as it is played. */
  public Pack anyPack(SplittableRandom random) {
    return packs.get(Chance.pick(random, packWeights));
  }
}
