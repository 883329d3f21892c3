package io.tributary.playback.context;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.context.ContextHeaders;
import io.tributary.contracts.context.Priority;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.context.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request context that the gateway put into headers. What is missing or unreadable gets
 * the most modest value: the headers are the gateway's word, but a request without them is served
 * too.
 */
public final class Requests {
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final int MAX_DEVICE = 128;

  private final String region;
  private final InstantSource time;
  private final SecureRandom random = new SecureRandom();

  public Requests(String region, InstantSource time) {
    this.region = region;
    this.time = time;
  }

  /** The context of a request; {@code account} is whom its verified token names. */
  public RequestContext context(HttpServletRequest request, @Nullable String account) {
    return new RequestContext(
        account,
        device(request),
        clientAddress(request),
        word(Priority.values(), request.getHeader(ContextHeaders.PRIORITY), Priority.STANDARD),
        deadline(request),
        word(Cohort.values(), request.getHeader(ContextHeaders.COHORT), Cohort.REAL),
        region,
        traceId(request));
  }

  private static @Nullable String device(HttpServletRequest request) {
    String device = request.getHeader(ContextHeaders.DEVICE);
    return device == null || device.length() > MAX_DEVICE ? null : device;
  }

  private static String clientAddress(HttpServletRequest request) {
    String address = request.getHeader(ContextHeaders.CLIENT_ADDRESS);
    return address != null && ADDRESS.matcher(address).matches()
        ? address
        : request.getRemoteAddr();
  }

  private Instant deadline(HttpServletRequest request) {
    String millis = request.getHeader(ContextHeaders.DEADLINE);
    return millis != null && millis.matches("[0-9]{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(millis))
        : time.instant().plus(DEFAULT_PATIENCE);
  }

  private String traceId(HttpServletRequest request) {
    String traceId = TraceParent.traceId(request.getHeader(ContextHeaders.TRACE_PARENT));
    if (traceId != null) {
      return traceId;
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static <E extends Enum<E>> E word(E[] values, @Nullable String text, E otherwise) {
    return Arrays.stream(values)
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElse(otherwise);
  }
}
