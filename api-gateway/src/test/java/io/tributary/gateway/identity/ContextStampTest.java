package io.tributary.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tributary.bearer.Caller;
import io.tributary.bearer.Role;
import io.tributary.contracts.context.ContextHeaders;
import io.tributary.contracts.context.Priority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class ContextStampTest {
  private static final Instant DEADLINE = Instant.ofEpochMilli(1_800_000_000_000L);
  private final HttpHeaders headers = new HttpHeaders();
  private final ContextStamp stamp =
      new ContextStamp(new TrustedProxies(List.of()), "north", () -> new Random(1));

  @Test
  void theCallerAndTheEdgesFactsAreWritten() {
    headers.set("Authorization", "Bearer t");

    apply(new Caller("demo", Set.of(Role.VIEWER), "i"), Priority.CRITICAL);

    assertEquals("demo", headers.getFirst(ContextHeaders.ACCOUNT));
    assertEquals("203.0.113.9", headers.getFirst(ContextHeaders.CLIENT_ADDRESS));
    assertEquals("critical", headers.getFirst(ContextHeaders.PRIORITY));
    assertEquals("1800000000000", headers.getFirst(ContextHeaders.DEADLINE));
    assertEquals("real", headers.getFirst(ContextHeaders.COHORT));
    assertEquals("north", headers.getFirst(ContextHeaders.REGION));
    assertThat(headers.getFirst(ContextHeaders.TRACE_PARENT))
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertEquals("Bearer t", headers.getFirst("Authorization"));
  }

  @Test
  void whatAClientForgesIsRemoved() {
    headers.set("tributary-account", "admin");
    headers.set("TRIBUTARY-COHORT", "fault");
    headers.set("Tributary-Anything", "x");
    headers.set("X-Forwarded-For", "1.2.3.4");
    headers.set("Forwarded", "for=1.2.3.4");
    headers.set("Authorization", "Bearer ignored");

    apply(null, Priority.STANDARD);

    assertNull(headers.getFirst(ContextHeaders.ACCOUNT));
    assertEquals("real", headers.getFirst(ContextHeaders.COHORT));
    assertNull(headers.getFirst("Tributary-Anything"));
    assertNull(headers.getFirst("X-Forwarded-For"));
    assertNull(headers.getFirst("Forwarded"));
    assertNull(headers.getFirst("Authorization"));
  }

  @Test
  void aClientMayNameItsDevice_lowerItsPriority_andBringItsTrace() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    headers.set(ContextHeaders.DEVICE, "tv-1");
    headers.set(ContextHeaders.PRIORITY, "prefetch");
    headers.set(ContextHeaders.TRACE_PARENT, trace);

    apply(null, Priority.STANDARD);

    assertEquals("tv-1", headers.getFirst(ContextHeaders.DEVICE));
    assertEquals("prefetch", headers.getFirst(ContextHeaders.PRIORITY));
    assertEquals(trace, headers.getFirst(ContextHeaders.TRACE_PARENT));
  }

  @Test
  void aClientMayNotRaiseItsPriority_norSendOddValues() {
    headers.set(ContextHeaders.DEVICE, "d".repeat(129));
    headers.set(ContextHeaders.PRIORITY, "critical");
    headers.set(ContextHeaders.TRACE_PARENT, "00-" + "0".repeat(32) + "-b7ad6b7169203331-01");

    apply(null, Priority.STANDARD);

    assertNull(headers.getFirst(ContextHeaders.DEVICE));
    assertEquals("standard", headers.getFirst(ContextHeaders.PRIORITY));
    assertThat(headers.getFirst(ContextHeaders.TRACE_PARENT)).doesNotContain("0".repeat(32));
  }

  private void apply(@Nullable Caller caller, Priority most) {
    InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 1);
    stamp.apply(headers, socket, caller, most, DEADLINE);
  }
}
