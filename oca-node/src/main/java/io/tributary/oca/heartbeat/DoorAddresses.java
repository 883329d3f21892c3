package io.tributary.oca.heartbeat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where the node door is: at every address of every host of the settings. A name that does not
 * resolve, or not in time, keeps the addresses it had.
 *
 * <p>Safe for use by many threads.
 */
final class DoorAddresses {
  /** Finds a name's addresses; may block. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  /**
   * One place to knock.
   *
   * @param url as in the settings
   * @param address of its host
   */
  record Place(URI url, InetAddress address) {
    URI at(String pathAndQuery) {
      String host = address.getHostAddress();
      return URI.create(
          url.getScheme()
              + "://"
              + (host.contains(":") ? "[" + host + "]" : host)
              + (url.getPort() < 0 ? "" : ":" + url.getPort())
              + url.getRawPath().replaceFirst("/$", "")
              + pathAndQuery);
    }
  }

  private final List<URI> urls;
  private final Duration patience;
  private final Resolver resolver;
  private final Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();
  private volatile @Nullable Place answered;

  /**
   * Knows nothing yet.
   *
   * @param patience with the resolver, a name
   */
  DoorAddresses(List<URI> urls, Duration patience, Resolver resolver) {
    this.urls = List.copyOf(urls);
    this.patience = patience;
    this.resolver = resolver;
  }

  /** All of them, in the order of the settings, from the one that answered last. */
  List<Place> inTurn() throws InterruptedException {
    List<Place> places = new ArrayList<>();
    for (URI url : urls) {
      for (InetAddress address : addresses(url.getHost())) {
        places.add(new Place(url, address));
      }
    }
    Collections.rotate(places, -Math.max(0, places.indexOf(answered)));
    return places;
  }

  /** Asked first from now on. */
  void answered(Place place) {
    answered = place;
  }

  /** On a thread of its own: nobody can tell a resolver that it takes too long. */
  private List<InetAddress> addresses(String host) throws InterruptedException {
    CompletableFuture<List<InetAddress>> asked =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return List.of(resolver.resolve(host));
              } catch (UnknownHostException e) {
                throw new CompletionException(e);
              }
            },
            Thread::startVirtualThread);
    try {
      List<InetAddress> found = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      known.put(host, found);
      return found;
    } catch (ExecutionException | TimeoutException e) {
      return known.getOrDefault(host, List.of());
    }
  }
}
