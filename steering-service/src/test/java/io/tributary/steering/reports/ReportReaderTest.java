package io.tributary.steering.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.reports.ReportReader.Reading;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReportReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:10Z");

  private final ReportReader reader = new ReportReader(JsonMapper.builder().build());

  @Test
  void givenAReport_whenRead_thenItsErrorsBlameTheNodesThatTheyName() {
    String value =
        reported(
            NOW,
            "p1",
            "192.0.2.0/24",
            event("error", "n1", NOW) + "," + event("interval", "n2", NOW));

    assertEquals(
        new Reading.Heard(
            new Report(
                "p1",
                new ClientNetwork(IpPrefix.parse("192.0.2.0/24")),
                NOW,
                Set.of("n1", "n2"),
                Set.of("n1"))),
        reader.read(value));
  }

  /** A node that is asked from here on may be a better one; the old one did nothing wrong. */
  @Test
  void givenASwitchOfNodes_whenRead_thenNobodyIsBlamed() {
    Reading.Heard heard =
        assertInstanceOf(
            Reading.Heard.class,
            reader.read(reported(NOW, "p1", "192.0.2.0/24", event("node", "n2", NOW))));

    assertThat(heard.report().blamed()).isEmpty();
  }

  @Test
  void givenNothingOfNodesOrNobodysNetworkOrATest_whenRead_thenItIsSilent() {
    String error = event("error", "n1", NOW);

    assertSilent(reported(NOW, "p1", "192.0.2.0/24", error.replace("\"n1\"", "null")));
    assertSilent(reported(NOW, "p1", "", error));
    for (String cohort : new String[] {"synthetic", "fault"}) {
      assertSilent(reported(NOW, "p1", "192.0.2.0/24", error).replace("\"real\"", quoted(cohort)));
    }
    assertInstanceOf(
        Reading.Heard.class,
        reader.read(
            reported(NOW, "p1", "192.0.2.0/24", error).replace("\"real\"", quoted("canary"))));
  }

  /** Its own line was down, and it tells of it once it is back. */
  @Test
  void givenAnErrorOfLongAgo_whenRead_thenItIsSilent() {
    assertSilent(reported(NOW, "p1", "192.0.2.0/24", event("error", "n1", NOW.minusSeconds(61))));
  }

  @Test
  void givenABadRecord_whenRead_thenTheReasonNamesWhatIsWrong() {
    String good = reported(NOW, "p1", "192.0.2.0/24", event("error", "n1", NOW));

    assertThat(reason(null)).contains("value is absent");
    assertThat(reason("{")).contains("value is no event");
    assertThat(reason("null")).contains("data is absent");
    assertThat(reason(good.replace("play-reported", "play-started"))).contains("play-started, 1");
    assertThat(reason(good.replace("\"version\":1", "\"version\":2"))).contains("play-reported, 2");
    assertThat(reason(good.replace("\"n1\"", "\"../n1\""))).contains("nodeId is ../n1");
    assertThat(reason(good.replace("192.0.2.0/24", "192.0.2.7/32"))).contains("at most 24");
    assertThat(reason(good.replace("192.0.2.0/24", "home"))).contains("home");
    assertThat(reason(reported(NOW, "p/1", "192.0.2.0/24", ""))).contains("playbackId is p/1");
    assertThat(reason(good.replace("receivedAt", "sentAt"))).contains("receivedAt");
  }

  /** Whatever a broken writer sends, the feed goes on. */
  @Test
  void givenAnyMutation_whenRead_thenNothingIsThrown() {
    String good = reported(NOW, "p1", "192.0.2.0/24", event("error", "n1", NOW));
    Random random = new Random(7);
    int unreadable = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder mutated = new StringBuilder(good);
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(3)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.setCharAt(at, (char) random.nextInt(128));
        default -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(40)));
      }
      if (reader.read(mutated.toString()) instanceof Reading.Unreadable) {
        unreadable++;
      }
    }
    assertThat(unreadable).isPositive();
  }

  static String reported(Instant receivedAt, String playbackId, String network, String events) {
    return """
    {"id":"e1","time":"%s","type":"play-reported","version":1,"region":"local","cohort":"real",\
    "data":{"playbackId":"%s","titleId":"tears","packageVersion":"p1","clientAddress":"%s",\
    "receivedAt":"%s","clockSkewMillis":0,"events":[%s]}}\
    """
        .formatted(receivedAt, playbackId, network, receivedAt, events);
  }

  static String event(String kind, String nodeId, Instant time) {
    return """
    {"sequence":1,"time":"%s","kind":"%s","state":"playing","nodeId":"%s"}\
    """
        .formatted(time, kind, nodeId);
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private void assertSilent(String value) {
    assertEquals(new Reading.Silent(), reader.read(value));
  }

  private String reason(@Nullable String value) {
    return assertInstanceOf(Reading.Unreadable.class, reader.read(value)).reason();
  }
}
