package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationProcessTest {
  @Test
  void onlyTheWordAsksForIt() {
    assertThat(MigrationProcess.isAsked("--server.port=0", "migrate")).isTrue();
    assertThat(MigrationProcess.isAsked("--migrate=no", "--server.port=0")).isFalse();
  }
}
