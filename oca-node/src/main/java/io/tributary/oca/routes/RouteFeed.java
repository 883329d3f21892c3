package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows what the site's router announces. A feed that is refused leaves its last good routes in
 * force for as long as its speaker speaks: one leak must not send a site's viewers away. One that
 * cannot be reached leaves them for {@code oca.routes.hold}, and nothing after it. Run by one
 * thread; {@link #heard} is safe for many.
 */
public final class RouteFeed implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RouteFeed.class);

  private final RouteSpeaker speaker;
  private final Duration lookEvery;
  private final Duration hold;
  private final LongSupplier nanoTime;
  private volatile HeardRoutes heard;
  private List<Routes.Route> lastGood = List.of();
  private boolean hasHeard;
  private long reachedAt;

  RouteFeed(RouteSpeaker speaker, Duration lookEvery, Duration hold, LongSupplier nanoTime) {
    this.speaker = speaker;
    this.lookEvery = lookEvery;
    this.hold = hold;
    this.nanoTime = nanoTime;
    this.reachedAt = nanoTime.getAsLong();
    this.heard = HeardRoutes.NOT_YET;
  }

  /** The feed that is configured. */
  public static RouteFeed of(RouteFeedConfig config, JsonMapper json) {
    Path path = Path.of(config.path());
    RouteSpeaker speaker =
        switch (config.source()) {
          case NONE -> new Nobody();
          case CSV -> new CsvRouteFile(path, config.maxPrefixes());
          case BIRD -> new BirdSocket(path, config.maxPrefixes());
          case EXABGP ->
              new ExaBgpSocket(
                  path, config.maxPrefixes(), config.lookEvery(), json, System::nanoTime);
        };
    RouteFeed feed = new RouteFeed(speaker, config.lookEvery(), config.hold(), System::nanoTime);
    if (config.source() == RouteFeedConfig.Source.NONE) {
      feed.heard = HeardRoutes.NONE;
    }
    return feed;
  }

  /** What to tell now. */
  public HeardRoutes heard() {
    return heard;
  }

  /** Follows until interrupted. Never throws. */
  @Override
  public void run() {
    if (speaker instanceof Nobody) {
      return;
    }
    try {
      while (true) {
        look();
        Thread.sleep(lookEvery);
      }
    } catch (InterruptedException e) {
      log.debug("routes=interrupted");
    }
  }

  /** Looks once. */
  void look() {
    HeardRoutes before = heard;
    long now = nanoTime.getAsLong();
    switch (speaker.look()) {
      case Reading.Whole(List<Routes.Route> routes) -> {
        reachedAt = now;
        hasHeard = true;
        lastGood = routes;
        heard = HeardRoutes.of(routes, null);
      }
      case Reading.Refused(String reason) -> {
        reachedAt = now;
        hasHeard = true;
        heard = HeardRoutes.of(lastGood, reason);
      }
      case Reading.Away(String reason) -> {
        if (now - reachedAt >= hold.toNanos()) {
          lastGood = List.of();
          heard = HeardRoutes.of(List.of(), reason);
        } else if (hasHeard) {
          heard = HeardRoutes.of(lastGood, reason);
        }
      }
    }
    if (before.version() != heard.version()) {
      tell(heard);
    }
  }

  private static void tell(HeardRoutes news) {
    if (news.problem() == null) {
      log.info("routes=heard prefixes={} version={}", news.routes().size(), news.version());
    } else {
      log.warn(
          "routes=kept prefixes={} version={} reason=\"{}\"",
          news.routes().size(),
          news.version(),
          news.problem());
    }
  }

  @Override
  public void close() {
    speaker.close();
  }

  /** Where there is no router. */
  private static final class Nobody implements RouteSpeaker {
    @Override
    public Reading look() {
      return new Reading.Whole(List.of());
    }

    @Override
    public void close() {}
  }
}
