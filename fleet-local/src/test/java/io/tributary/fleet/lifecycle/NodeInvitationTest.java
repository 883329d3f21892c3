package io.tributary.fleet.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeInvitationTest {

  private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

  @TempDir Path folder;

  /** A fleet that was down for longer than a certificate lives must come up again. */
  @Test
  void aCertificateCountsUntilItsEnd() throws Exception {
    Path identity = identity("{\"nodeId\":\"oca-node-1\",\"notAfter\":\"2026-12-01T00:00:00Z\"}");

    assertThat(NodeInvitation.isInForce(identity, END.minusMillis(1))).isTrue();
    assertThat(NodeInvitation.isInForce(identity, END)).isFalse();
    assertThat(NodeInvitation.isInForce(identity, END.plusSeconds(7 * 86_400))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"notAfter\":\"soon\"}", "{\"notAfter\":17}", "[", "\0\0"})
  void anIdentityThatCannotBeReadIsNone(String text) throws Exception {
    assertThat(NodeInvitation.isInForce(identity(text), Instant.EPOCH)).isFalse();
    assertThat(NodeInvitation.isInForce(folder.resolve("none"), Instant.EPOCH)).isFalse();
  }

  private Path identity(String text) throws Exception {
    return Files.writeString(folder.resolve("identity.json"), text);
  }
}
