package io.tributary.gateway.identity;

import io.tributary.bearer.Caller;
import io.tributary.contracts.api.CreatePlayback;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.context.ContextHeaders;
import io.tributary.contracts.context.Priority;
import io.tributary.contracts.context.TraceParent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Writes the request context's headers, and removes whatever the client wrote in their place, or
 * about its own way here.
 *
 * <p>Of a client's own words remain: the device's id, a hint that lowers the priority, and a
 * well-formed {@code traceparent}. Stateless; safe for use by many threads.
 */
public final class ContextStamp {
  private static final Pattern DEVICE = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final TrustedProxies proxies;
  private final String region;
  private final Supplier<RandomGenerator> chance;

  /**
   * Builds the stamp.
   *
   * @param chance a generator for the calling thread, for trace ids
   */
  public ContextStamp(TrustedProxies proxies, String region, Supplier<RandomGenerator> chance) {
    this.proxies = proxies;
    this.region = region;
    this.chance = chance;
  }

  /**
   * Changes a request's headers in place.
   *
   * @param caller null for somebody without a token; then {@code Authorization} goes too
   * @param priority the most that this path may claim
   * @param deadline when the client stops waiting
   */
  public void apply(
      HttpHeaders headers,
      @Nullable InetSocketAddress socket,
      @Nullable Caller caller,
      Priority priority,
      Instant deadline) {
    Optional<String> device =
        Optional.ofNullable(headers.getFirst(ContextHeaders.DEVICE))
            .filter(id -> DEVICE.matcher(id).matches());
    Priority granted = lower(priority, headers.getFirst(ContextHeaders.PRIORITY));
    List<String> forwardedFor = headers.getOrEmpty("X-Forwarded-For");
    InetAddress client =
        proxies.clientOf(
            Objects.requireNonNull(
                Objects.requireNonNull(socket, "a request comes by a socket").getAddress()),
            forwardedFor);
    String traceParent =
        Optional.ofNullable(headers.getFirst(ContextHeaders.TRACE_PARENT))
            .filter(parent -> TraceParent.traceId(parent) != null)
            .orElseGet(this::newTraceParent);

    List.copyOf(headers.headerNames()).stream()
        .filter(ContextStamp::isOursToSay)
        .forEach(headers::remove);

    if (caller == null) {
      headers.remove(HttpHeaders.AUTHORIZATION);
    } else {
      headers.set(ContextHeaders.ACCOUNT, caller.subject());
    }
    device.ifPresent(id -> headers.set(ContextHeaders.DEVICE, id));
    headers.set(ContextHeaders.CLIENT_ADDRESS, textOf(client));
    headers.set(ContextHeaders.PRIORITY, granted.name().toLowerCase(Locale.ROOT));
    headers.set(ContextHeaders.DEADLINE, Long.toString(deadline.toEpochMilli()));
    headers.set(ContextHeaders.COHORT, Cohort.REAL.name().toLowerCase(Locale.ROOT));
    headers.set(ContextHeaders.REGION, region);
    headers.set(ContextHeaders.TRACE_PARENT, traceParent);
  }

  /**
   * Gives a request that may be sent to several replicas a key by which they know it for one.
   * Clients that repeat by themselves bring their own.
   */
  public void name(HttpHeaders headers) {
    if (!headers.containsHeader(CreatePlayback.IDEMPOTENCY_KEY)) {
      byte[] key = new byte[16];
      chance.get().nextBytes(key);
      headers.set(CreatePlayback.IDEMPOTENCY_KEY, HexFormat.of().formatHex(key));
    }
  }

  private static boolean isOursToSay(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith(ContextHeaders.PREFIX.toLowerCase(Locale.ROOT))
        || name.startsWith("x-forwarded-")
        || name.equals("forwarded")
        || name.equals("x-real-ip")
        || name.equals("tracestate");
  }

  private static Priority lower(Priority most, @Nullable String hint) {
    for (Priority priority : Priority.values()) {
      if (priority.name().equalsIgnoreCase(hint) && priority.compareTo(most) > 0) {
        return priority;
      }
    }
    return most;
  }

  /** An interface's name after an IPv6 address means something on this machine alone. */
  private static String textOf(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private String newTraceParent() {
    byte[] ids = new byte[24];
    chance.get().nextBytes(ids);
    // All zeros would mean "none".
    ids[0] |= 1;
    ids[16] |= 1;
    String hex = HexFormat.of().formatHex(ids);
    return "00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01";
  }
}
