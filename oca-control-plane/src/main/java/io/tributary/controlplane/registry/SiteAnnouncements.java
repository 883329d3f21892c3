package io.tributary.controlplane.registry;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says on Kafka where sites stand and what they may announce.
 *
 * <p>News is said at once by whoever wrote it down. Besides, one replica compares what the registry
 * has with what was said: what differs in the same way at two looks in a row is said again, so a
 * change that Kafka did not take, a site from before there were such events, or a topic that was
 * lost is described in the end. {@link #look} is for one thread; the rest is safe for many.
 */
public final class SiteAnnouncements {
  /**
   * A look reads all networks with all their prefixes. It mends what went wrong; news does not wait
   * for it.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /**
   * While Kafka is away the log keeps its caller waiting for each event, and a network may have
   * hundreds of sites. What is not said within this time is left to the next look.
   */
  private static final Duration TALK = Duration.ofSeconds(1);

  private final EventLog log;
  private final Registry registry;
  private final StateTable<SiteDescribed> said;
  private final InstantSource clock;
  private Map<String, Optional<SiteDescribed>> differed = Map.of();
  private Instant nextLookAt = Instant.MIN;

  public SiteAnnouncements(
      EventLog log, Registry registry, StateTable<SiteDescribed> said, InstantSource clock) {
    this.log = log;
    this.registry = registry;
    this.said = said;
    this.clock = clock;
  }

  /** A site was written down: describes it. */
  public void changed(Site site, Network network) {
    say(site.id(), Optional.of(described(site, Optional.of(network))));
  }

  /** A network was written down: describes its sites. Throws if the store is away. */
  public void changed(Network network) {
    List<Site> sites = registry.sites();
    Instant end = clock.instant().plus(TALK);
    for (Site site : sites) {
      if (site.networkId().equals(network.id()) && clock.instant().isBefore(end)) {
        changed(site, network);
      }
    }
  }

  /**
   * Compares and mends; to be called each second by the replica that plans. Throws if the store is
   * away.
   */
  public void look() {
    Instant now = clock.instant();
    if (!said.isComplete() || now.isBefore(nextLookAt)) {
      return;
    }
    nextLookAt = now.plus(LOOK_EVERY);
    Map<String, Optional<SiteDescribed>> differs = differences();
    Map<String, Optional<SiteDescribed>> waiting = new HashMap<>();
    Instant end = clock.instant().plus(TALK);
    differs.forEach((siteId, wanted) -> {
      if (wanted.equals(differed.get(siteId)) && clock.instant().isBefore(end)) {
        say(siteId, wanted);
      } else {
        // Said at the next look, if it still differs then; what was said now gets two looks.
        waiting.put(siteId, wanted);
      }
    });
    differed = waiting;
  }

  /** What is to be said of a site; empty for one that is no more. */
  private Map<String, Optional<SiteDescribed>> differences() {
    Map<String, Optional<SiteDescribed>> due = due();
    Map<String, Optional<SiteDescribed>> differs = new TreeMap<>(due);
    said.all()
        .forEach((siteId, stated) -> {
          if (due.getOrDefault(siteId, Optional.empty())
              .equals(Optional.ofNullable(stated.data()))) {
            differs.remove(siteId);
          } else {
            differs.putIfAbsent(siteId, Optional.empty());
          }
        });
    return differs;
  }

  private Map<String, Optional<SiteDescribed>> due() {
    Map<String, Network> networks = new HashMap<>();
    registry.networks().forEach(network -> networks.put(network.id(), network));
    Map<String, Optional<SiteDescribed>> due = new HashMap<>();
    for (Site site : registry.sites()) {
      Optional<Network> network = Optional.ofNullable(networks.get(site.networkId()));
      due.put(site.id(), Optional.of(described(site, network)));
    }
    return due;
  }

  private void say(String siteId, Optional<SiteDescribed> wanted) {
    wanted.ifPresentOrElse(
        described -> log.publish(Topics.SITES, siteId, SiteDescribed.TYPE, described),
        () -> log.end(Topics.SITES, siteId));
  }

  /** A site whose network nobody knows stands where it stands, and may announce nothing. */
  private static SiteDescribed described(Site site, Optional<Network> network) {
    return new SiteDescribed(
        site.id(),
        site.networkId(),
        site.latitude(),
        site.longitude(),
        network.map(Network::prefixes).orElse(List.of()),
        network.map(Network::originAsns).orElse(List.of()));
  }
}
