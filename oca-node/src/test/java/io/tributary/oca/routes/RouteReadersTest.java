package io.tributary.oca.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.node.Routes.Route;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What files, BIRD and ExaBGP say, and what strangers might say in their place. */
class RouteReadersTest {
  private static final int MAX = 3;
  private static final int MAX_LINE = 1_000;

  private static final String BIRD =
      """
      0001 BIRD 2.0.12 ready.
      0016 Access restricted
      1007-Table master4:
       198.51.100.0/24      unreachable [isp 04:26:10.360 from 10.99.0.2] * (100) [AS65010i]
      1008-\tType: BGP univ
      1012-\tBGP.origin: IGP
       \tBGP.as_path: 64501 65010
       \tBGP.next_hop: 10.99.0.2
       \tBGP.med: 30
       \tBGP.local_pref: 100
      1007-203.0.113.0/25       unicast [isp 04:26:10.360] * (100) [i]
       \tvia 10.99.0.2 on eth0
      1008-\tType: BGP univ
      1012-\tBGP.as_path:\s
      1007-
       Table master6:
       2001:db8:1::/48      unreachable [isp 04:26:10.404 from 10.99.0.2] * (100) [AS64501?]
      1012-\tBGP.as_path: 64501 {64502 64503}
      0000\s
      """;

  private static final Route FAR = new Route("198.51.100.0/24", List.of(64_501L, 65_010L), 30L);
  private static final Route OWN = new Route("203.0.113.0/25", List.of(), null);
  private static final Route OF_A_SET = new Route("2001:db8:1::/48", List.of(64_501L, 0L), null);

  @Nested
  class Csv {
    @Test
    void routesAreReadWithTheirMedAndPath() throws IOException {
      assertEquals(
          new Reading.Whole(List.of(FAR, OF_A_SET, OWN)),
          csv(
              """
              # what we reach
              198.51.100.0/24, 30, 64501 65010

              203.0.113.0/25 # ours
              2001:db8:1::/48,,64501 {64502 64503}
              """));
    }

    @Test
    void aBadLineRefusesTheFileAndSaysWhich() throws IOException {
      assertEquals(
          new Reading.Refused("line 2 of the file: prefix is 1.2.3.4 (expected: CIDR notation)"),
          csv("203.0.113.0/25\n1.2.3.4\n"));
      assertEquals(
          new Reading.Refused("line 1 of the file: med is 4294967296 (expected: 0 to 4294967295)"),
          csv("203.0.113.0/25,4294967296\n"));
      assertEquals(
          new Reading.Refused("line 1 of the file: AS path is -1 (expected: 0 to 4294967295)"),
          csv("203.0.113.0/25,,64500 -1\n"));
      assertInstanceOf(Reading.Refused.class, csv("203.0.113.0/25,,1,2\n"));
    }

    @Test
    void oneRouteTooManyRefusesTheFile() throws IOException {
      assertEquals(RouteList.tooMany(MAX), csv(manyPrefixes(MAX + 1)));
      assertInstanceOf(Reading.Whole.class, csv(manyPrefixes(MAX)));
    }

    @Test
    void theShorterPathOfAPrefixCounts() throws IOException {
      assertEquals(
          new Reading.Whole(List.of(FAR)),
          csv("198.51.100.0/24,1,1 2 3\n198.51.100.0/24,30,64501 65010\n198.51.100.0/24,31,1 2\n"));
    }

    private static Reading csv(String text) throws IOException {
      return CsvRouteFile.read(new ByteArrayInputStream(text.getBytes(UTF_8)), MAX);
    }

    private static String manyPrefixes(int count) {
      return IntStream.range(0, count)
          .mapToObj(i -> "10.0." + i + ".0/24\n")
          .collect(Collectors.joining());
    }
  }

  @Nested
  class Bird {
    @Test
    void theBestRouteOfEachPrefixIsRead() throws IOException {
      assertEquals(new Reading.Whole(List.of(FAR, OF_A_SET, OWN)), bird(BIRD, MAX));
    }

    /** Half an answer would withdraw the other half. */
    @Test
    void anAnswerWithoutItsEndIsNone() {
      assertThatThrownBy(() -> bird(BIRD.substring(0, BIRD.length() - 6), MAX))
          .isInstanceOf(IOException.class);
    }

    @Test
    void anErrorIsRefusedWithBirdsOwnWords() throws IOException {
      assertEquals(
          new Reading.Refused("BIRD answers: 9001 syntax error"),
          bird("0001 BIRD 3 ready.\n9001 syntax error\n", MAX));
    }

    @Test
    void oneRouteTooManyIsRefusedBeforeTheEnd() throws IOException {
      assertEquals(RouteList.tooMany(1), bird(BIRD.substring(0, BIRD.length() - 6), 1));
    }

    @Test
    void aBadNumberIsRefused() throws IOException {
      assertEquals(
          new Reading.Refused("BIRD's answer: AS path is 99999999999 (expected: 0 to 4294967295)"),
          bird(BIRD.replace("65010\n", "99999999999\n"), MAX));
    }

    @Test
    void aLineWithoutEndIsCutOff() {
      assertThatThrownBy(() -> bird("1007-" + "x".repeat(MAX_LINE), MAX))
          .hasMessageContaining("too long");
    }

    private static Reading bird(String text, int max) throws IOException {
      return BirdAnswer.read(
          new BoundedLines(new ByteArrayInputStream(text.getBytes(UTF_8)), MAX_LINE), max);
    }
  }

  @Nested
  class ExaBgp {
    private final ExaBgpTable table = new ExaBgpTable(JsonMapper.builder().build(), MAX);

    @Test
    void announcementsAddUpAndWithdrawalsTakeBack() {
      table.take(
          announce("10.0.0.1", "198.51.100.0/24", "\"as-path\": [64501, 65010], \"med\": 30"));
      table.take(announce("10.0.0.1", "203.0.113.0/25", "\"as-path\": []"));
      assertEquals(new Reading.Whole(List.of(FAR, OWN)), table.reading());

      table.take(withdraw("10.0.0.1", "203.0.113.0/25"));
      assertEquals(new Reading.Whole(List.of(FAR)), table.reading());
    }

    @Test
    void aSessionThatEndsTakesItsRoutesWithIt() {
      table.take(announce("10.0.0.1", "198.51.100.0/24", "\"as-path\": [1, 2, 3]"));
      table.take(
          announce("10.0.0.2", "198.51.100.0/24", "\"as-path\": [64501, 65010], \"med\": 30"));
      table.take(
          "{\"type\":\"state\",\"neighbor\":{\"address\":{\"peer\":\"10.0.0.1\"},\"state\":\"down\"}}");
      assertEquals(new Reading.Whole(List.of(FAR)), table.reading());
    }

    @Test
    void oneRouteTooManyLosesAllUntilItBeginsAgain() {
      for (int i = 0; i <= MAX; i++) {
        table.take(announce("10.0.0.1", "10.0." + i + ".0/24", "\"as-path\": [1]"));
      }
      assertEquals(RouteList.tooMany(MAX), table.reading());

      table.begin();
      assertEquals(new Reading.Whole(List.of()), table.reading());
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
      table.take("{\"type\":");
      assertEquals(
          new Reading.Refused("ExaBGP's line is not understood: it is no JSON"), table.reading());
      table.begin();
      table.take(announce("10.0.0.1", "10.0.0.0", "\"as-path\": [1]"));
      assertInstanceOf(Reading.Refused.class, table.reading());
    }

    @Test
    void whatElseExaBgpSaysIsPassedOver() {
      table.take("done");
      table.take("{\"type\":\"notification\",\"notification\":\"shutdown\"}");
      table.take("[1,2]");
      table.take("{\"type\":\"update\",\"neighbor\":{\"message\":{\"eor\":{\"afi\":\"ipv4\"}}}}");
      assertEquals(new Reading.Whole(List.of()), table.reading());
    }

    private static String announce(String peer, String prefix, String attributes) {
      return "{\"type\":\"update\",\"neighbor\":{\"address\":{\"peer\":\""
          + peer
          + "\"},\"message\":{\"update\":{\"attribute\":{"
          + attributes
          + "},\"announce\":{\"ipv4 unicast\":{\"10.0.0.9\":[{\"nlri\":\""
          + prefix
          + "\"}]}}}}}}";
    }

    private static String withdraw(String peer, String prefix) {
      return "{\"type\":\"update\",\"neighbor\":{\"address\":{\"peer\":\""
          + peer
          + "\"},\"message\":{\"update\":{\"withdraw\":{\"ipv4 unicast\":[{\"nlri\":\""
          + prefix
          + "\"}]}}}}}";
    }
  }

  /** Whatever bytes come, a reader answers or says that the stream is at fault; nothing else. */
  @Test
  void givenAnyBytes_whenRead_thenThereIsAnAnswerOrAnIoException() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = mutated(BIRD, random);
      ExaBgpTable table = new ExaBgpTable(JsonMapper.builder().build(), MAX);
      try {
        String text = new String(bytes, UTF_8);
        text.lines().forEach(table::take);
        table.take(ExaBgp.announce("10.0.0.1", text.substring(0, text.length() / 9), text));
        assertThat(table.reading()).as("seed %d", seed).isNotNull();
        CsvRouteFile.read(new ByteArrayInputStream(bytes), MAX);
        BirdAnswer.read(new BoundedLines(new ByteArrayInputStream(bytes), MAX_LINE), MAX);
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static byte[] mutated(String text, Random random) {
    byte[] bytes = text.getBytes(UTF_8);
    int changes = 1 + random.nextInt(20);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
