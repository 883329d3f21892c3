package io.tributary.steering.snapshot;

import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeEndpoint;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records of the state topics. Never throws for any bytes: a bad record is an {@link
 * Fact.Unreadable} with its reason. Stateless; safe for use by many threads.
 */
final class FactReader {
  /** As titles' ids; also keeps node ids safe in logs and metrics. */
  private static final Pattern ID = Pattern.compile(PackageRef.ID_PATTERN);

  private static final int KNOWN_VERSION = 1;
  private static final TypeReference<Event<NodeVerdict>> VERDICT = new TypeReference<>() {};
  private static final TypeReference<Event<PackageHeld>> HELD = new TypeReference<>() {};
  private static final TypeReference<Event<SiteDescribed>> SITE = new TypeReference<>() {};
  private static final TypeReference<Event<RoutesJudged>> ROUTES = new TypeReference<>() {};

  private final JsonMapper json;

  FactReader(JsonMapper json) {
    this.json = json;
  }

  /**
   * Reads one record.
   *
   * @param topic one of those that this reads
   * @param key of the record; null where it has none
   * @param value of the record; null takes the key's fact back
   */
  Fact read(String topic, @Nullable String key, @Nullable String value) {
    try {
      if (key == null) {
        return new Fact.Unreadable("key is absent (expected: what the record is about)");
      }
      if (topic.equals(Topics.NODE_VERDICTS.name())) {
        return value == null ? new Fact.NodeGone(key) : verdict(key, value);
      }
      if (topic.equals(Topics.NODE_HOLDINGS.name())) {
        return holding(key, value);
      }
      if (topic.equals(Topics.SITES.name())) {
        return value == null ? new Fact.SiteGone(key) : site(key, value);
      }
      if (topic.equals(Topics.ROUTES.name())) {
        return value == null ? new Fact.RoutesGone(key) : routes(key, value);
      }
      return new Fact.Unreadable("topic is " + topic + " (expected: a state topic)");
    } catch (JacksonException e) {
      return new Fact.Unreadable("value is no event of this topic: " + e.getOriginalMessage());
    } catch (IllegalArgumentException | NullPointerException e) {
      return new Fact.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Fact verdict(String key, String value) {
    Event<NodeVerdict> event = json.readValue(value, VERDICT);
    String wrong = wrongEnvelope(event, NodeVerdict.TYPE);
    if (wrong != null) {
      return new Fact.Unreadable(wrong);
    }
    NodeVerdict verdict = event.data();
    if (!key.equals(verdict.nodeId())) {
      return new Fact.Unreadable("nodeId is " + verdict.nodeId() + " (expected: the key)");
    }
    if (!isId(verdict.nodeId()) || !isId(verdict.siteId())) {
      return new Fact.Unreadable(
          "nodeId, siteId are " + key + ", " + verdict.siteId() + " (expected: " + ID + ")");
    }
    // What JSON lacks arrives as null whatever the record's type says.
    @Nullable Object health = verdict.health();
    @Nullable Object notAfter = verdict.certificateNotAfter();
    if (health == null || notAfter == null) {
      return new Fact.Unreadable(
          "health, certificateNotAfter are "
              + health
              + ", "
              + notAfter
              + " (expected: both to be told)");
    }
    String baseUrl = verdict.endpoints().isEmpty() ? null : baseUrl(verdict.endpoints().getFirst());
    return new Fact.NodeJudged(
        new KnownNode(
            verdict.nodeId(),
            verdict.siteId(),
            verdict.health(),
            withoutNull(verdict.reason()),
            baseUrl,
            verdict.certificateNotAfter()),
        load(verdict));
  }

  private Fact holding(String key, @Nullable String value) {
    String[] parts = key.split("/", -1);
    if (parts.length != 3 || !isId(parts[0])) {
      return new Fact.Unreadable("key is " + key + " (expected: nodeId/titleId/packageVersion)");
    }
    PackageRef ref = new PackageRef(parts[1], parts[2]);
    if (value == null) {
      return new Fact.Released(parts[0], ref);
    }
    Event<PackageHeld> event = json.readValue(value, HELD);
    String wrong = wrongEnvelope(event, PackageHeld.TYPE);
    if (wrong != null) {
      return new Fact.Unreadable(wrong);
    }
    if (!event.data().key().equals(key)) {
      return new Fact.Unreadable(
          "package held is " + event.data().key() + " (expected: the key, " + key + ")");
    }
    return new Fact.Held(parts[0], ref);
  }

  private Fact site(String key, String value) {
    Event<SiteDescribed> event = json.readValue(value, SITE);
    String wrong = wrongEnvelope(event, SiteDescribed.TYPE);
    if (wrong != null) {
      return new Fact.Unreadable(wrong);
    }
    SiteDescribed told = event.data();
    if (!key.equals(told.siteId())) {
      return new Fact.Unreadable("siteId is " + told.siteId() + " (expected: the key)");
    }
    if (!isId(told.siteId()) || !isId(told.networkId())) {
      return new Fact.Unreadable(
          "siteId, networkId are " + key + ", " + told.networkId() + " (expected: " + ID + ")");
    }
    return new Fact.SiteTold(KnownSite.of(told));
  }

  private Fact routes(String key, String value) {
    Event<RoutesJudged> event = json.readValue(value, ROUTES);
    String wrong = wrongEnvelope(event, RoutesJudged.TYPE);
    if (wrong != null) {
      return new Fact.Unreadable(wrong);
    }
    RoutesJudged told = event.data();
    if (!key.equals(RoutesJudged.key(told.nodeId(), told.page()))) {
      return new Fact.Unreadable(
          "nodeId, page are " + told.nodeId() + ", " + told.page() + " (expected: the key)");
    }
    if (!isId(told.nodeId()) || !isId(told.siteId())) {
      return new Fact.Unreadable(
          "nodeId, siteId are " + key + ", " + told.siteId() + " (expected: " + ID + ")");
    }
    return new Fact.RoutesTold(told);
  }

  private static @Nullable String wrongEnvelope(@Nullable Event<?> event, String type) {
    @Nullable Object data = event == null ? null : event.data();
    if (event == null || data == null) {
      return "data is absent (expected: a " + type + ")";
    }
    if (!type.equals(event.type())) {
      return "type is " + event.type() + " (expected: " + type + ")";
    }
    if (event.version() > KNOWN_VERSION) {
      return "version is " + event.version() + " (expected: at most " + KNOWN_VERSION + ")";
    }
    return null;
  }

  private static LoadBoard.Load load(NodeVerdict verdict) {
    @Nullable Object capacity = verdict.capacity();
    @Nullable Object load = verdict.load();
    return new LoadBoard.Load(
        capacity == null ? 0 : verdict.capacity().egressBitsPerSecond(),
        load == null ? 0 : verdict.load().egressBitsPerSecond());
  }

  /** Players get this URL: it must be one, and nothing but an origin. */
  private static String baseUrl(NodeEndpoint endpoint) {
    URI uri = URI.create(endpoint.baseUrl());
    boolean isOrigin =
        uri.getHost() != null
            && uri.getRawPath().isEmpty()
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && (endpoint.scheme().equals("http") || endpoint.scheme().equals("https"))
            && endpoint.port() >= 1
            && endpoint.port() <= 65_535;
    if (!isOrigin) {
      throw new IllegalArgumentException(
          "endpoint is " + endpoint + " (expected: http or https, a host and a port)");
    }
    return endpoint.baseUrl();
  }

  private static boolean isId(@Nullable String text) {
    return text != null && ID.matcher(text).matches();
  }

  private static String withoutNull(@Nullable String text) {
    return text == null ? "" : text;
  }
}
