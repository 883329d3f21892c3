package io.tributary.gateway.routes;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of the hosts in some URLs. Each name is asked for anew at an interval on a thread
 * of its own, so that a resolver that hangs holds up neither a request nor another name. One that
 * does not resolve keeps the addresses it had: they are likelier right than none.
 *
 * <p>Safe for use by many threads.
 */
public final class HostAddresses implements AutoCloseable {
  /** Finds a name's addresses; may block. */
  @FunctionalInterface
  public interface Resolver {
    /** All of them, in any order. */
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  /** So long a start waits for first answers: a resolver that is well takes milliseconds. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** The same replicas are the same list, whatever order they come in. */
  private static final Comparator<InetAddress> IN_ORDER =
      Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

  private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);

  private final Map<String, Host> hosts = new TreeMap<>();
  private final Duration interval;
  private final Resolver resolver;
  private final List<Thread> threads;
  private final CountDownLatch firstAnswers;

  /** Knows addresses that are written in the URLs themselves; names from {@link #start} on. */
  public HostAddresses(Collection<URI> urls, Duration interval, Resolver resolver) {
    for (URI url : urls) {
      hosts.computeIfAbsent(hostOf(url), Host::new);
    }
    this.interval = interval;
    this.resolver = resolver;
    this.threads =
        hosts.values().stream()
            .filter(host -> !host.isLiteral)
            .map(host ->
                Thread.ofPlatform()
                    .daemon()
                    .name("addresses-" + host.name)
                    .unstarted(() -> watch(host)))
            .toList();
    this.firstAnswers = new CountDownLatch(threads.size());
  }

  /** Begins to ask, and waits a moment for the first answers. */
  public void start() throws InterruptedException {
    threads.forEach(Thread::start);
    if (!firstAnswers.await(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("event=not-resolved-yet hosts={}", firstAnswers.getCount());
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  /** One replica an address; none while a name's first answer is missing. */
  public List<Replica> replicas(URI baseUrl) {
    return known(baseUrl).addresses.stream().map(address -> new Replica(baseUrl, address)).toList();
  }

  /** The addresses of all hosts. */
  public Set<InetAddress> all() {
    Set<InetAddress> all = new HashSet<>();
    hosts.values().forEach(host -> all.addAll(host.addresses));
    return all;
  }

  /** Asks for every name once. */
  void ask() {
    hosts.values().stream().filter(host -> !host.isLiteral).forEach(this::ask);
  }

  private void watch(Host host) {
    try {
      ask(host);
      firstAnswers.countDown();
      while (true) {
        Thread.sleep(interval);
        ask(host);
      }
    } catch (InterruptedException _) {
      LOG.debug("host={} event=watch-ends", host.name);
    }
  }

  private void ask(Host host) {
    try {
      List<InetAddress> found =
          ofOneKind(resolver.resolve(host.name)).sorted(IN_ORDER).distinct().toList();
      if (found.isEmpty()) {
        keep(host, "it has no address");
      } else {
        take(host, found);
      }
    } catch (UnknownHostException e) {
      keep(host, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever it is, this name must be asked for again.
      keep(host, e.toString());
    }
  }

  private static void take(Host host, List<InetAddress> found) {
    if (host.isAway || !found.equals(host.addresses)) {
      LOG.info("host={} event=resolved addresses={}", host.name, shown(found));
    }
    host.isAway = false;
    host.addresses = found;
  }

  private static void keep(Host host, String cause) {
    if (!host.isAway) {
      LOG.warn(
          "host={} event=not-resolved keeps={} cause=\"{}\"",
          host.name,
          shown(host.addresses),
          cause);
    }
    host.isAway = true;
  }

  /**
   * A replica with an address of either kind is one replica; the platform's first choice counts.
   */
  private static Stream<InetAddress> ofOneKind(InetAddress[] found) {
    return Stream.of(found).filter(address -> address.getClass() == found[0].getClass());
  }

  private static List<String> shown(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  private Host known(URI baseUrl) {
    Host host = hosts.get(hostOf(baseUrl));
    if (host == null) {
      throw new IllegalArgumentException(baseUrl + " is unknown (expected: one of " + hosts + ")");
    }
    return host;
  }

  /** From the authority, since a URI does not know a host with an underscore as one. */
  private static String hostOf(URI url) {
    return url.getRawAuthority().replaceFirst(":[0-9]*$", "").replaceAll("[\\[\\]]", "");
  }

  /** A host of the settings. What changes is written by its one thread. */
  private static final class Host {
    private final String name;
    private final boolean isLiteral;
    private volatile List<InetAddress> addresses;
    private boolean isAway;

    Host(String name) {
      this.name = name;
      this.addresses = literal(name);
      this.isLiteral = !addresses.isEmpty();
    }

    private static List<InetAddress> literal(String name) {
      try {
        return List.of(InetAddress.ofLiteral(name));
      } catch (IllegalArgumentException _) {
        return List.of();
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
