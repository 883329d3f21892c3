package io.tributary.controlplane.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.node.Heartbeat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class HeartbeatCheckTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GOOD =
      """
      {"nodeId":"n","incarnation":1,"sequence":1,"sentAt":"2026-01-01T00:00:00Z",
       "softwareVersion":"0","endpoints":[{"scheme":"http","host":"n.example","port":80}],
       "condition":"ok","capacity":{"egressBitsPerSecond":1,"storeBytes":1,"connections":1},
       "load":{"egressBitsPerSecond":0,"connections":0,"storeBytes":0,"fillBitsPerSecond":0},
       "configVersion":0,"contentVersion":0,"revocationVersion":0,"inventoryDigest":"",
       "packagesHeld":0,"routesVersion":0}\
      """;

  @Test
  void aGoodOneIsTaken() {
    assertEquals(Optional.empty(), wrong(GOOD));
  }

  @Test
  void figuresThatNoMachineHasAreRefused() {
    assertNames(
        "capacity", "\"storeBytes\":1,\"connections\"", "\"storeBytes\":-1,\"connections\"");
    assertNames("capacity", "\"storeBytes\":1,", "\"storeBytes\":" + Long.MAX_VALUE + ",");
    assertNames("capacity", "{\"egressBitsPerSecond\":1", "{\"egressBitsPerSecond\":-1");
    assertNames("capacity", "\"connections\":1", "\"connections\":-1");
    assertNames("load", "{\"egressBitsPerSecond\":0", "{\"egressBitsPerSecond\":-1");
    assertNames("load", "\"fillBitsPerSecond\":0", "\"fillBitsPerSecond\":" + Long.MAX_VALUE);
  }

  @Test
  void timesAndTextsOutOfBoundsAreRefused() {
    assertNames("sentAt", "2026-01-01", "+1000000000-12-31");
    assertNames("sentAt", "2026-01-01", "-1000000000-01-01");
    assertNames(
        "softwareVersion", "\"softwareVersion\":\"0", "\"softwareVersion\":\"" + "0".repeat(65));
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    assertNames("endpoints", "n.example", "a/../b?c");
    assertNames("endpoints", "\"http\"", "\"file\"");
    assertNames("endpoints", "\"port\":80", "\"port\":0");
    assertNames("endpoints", "[{\"scheme\":\"http\",\"host\":\"n.example\",\"port\":80}]", "[]");
    assertThrows(
        JacksonException.class,
        () ->
            wrong(
                GOOD.replace(
                    "[{\"scheme\":\"http\",\"host\":\"n.example\",\"port\":80}]", "[null]")));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertNames("sentAt", "\"sentAt\"", "\"other\"");
    assertNames("condition", "\"condition\"", "\"other\"");
    assertNames("inventoryDigest", "\"inventoryDigest\"", "\"other\"");
  }

  /** It ends in log lines and verdicts. */
  @Test
  void aReasonIsOneShortLine() {
    assertNull(HeartbeatCheck.harmless(null));
    assertEquals(
        "disk full health= HEALTHY ",
        HeartbeatCheck.harmless("disk full\r\nhealth=\"HEALTHY\u2028"));
    assertEquals(
        Optional.of(200),
        Optional.ofNullable(HeartbeatCheck.harmless("x".repeat(100_000))).map(String::length));
  }

  private static void assertNames(String field, String part, String instead) {
    assertTrue(GOOD.contains(part), part);
    Optional<String> wrong = wrong(GOOD.replace(part, instead));
    assertTrue(wrong.orElse("nothing").startsWith(field), field + ": " + wrong);
  }

  private static Optional<String> wrong(String json) {
    return HeartbeatCheck.wrong(JSON.readValue(json, Heartbeat.class));
  }
}
