package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fleet.e2e.OperationsPage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An operator follows docs/operations.md from top to bottom on the composed fleet, and after each
 * chapter the demo title still plays.
 */
class ContainerOperationsE2E {
  /** Ten replicas, one after another, on two cores. */
  private static final Duration A_BLOCK = Duration.ofMinutes(15);

  private static final Duration PLAYS_WITHIN = Duration.ofMinutes(2);

  /** Where the page's commands put it. */
  private static final Path BACKUP = Fleet.repositoryRoot().resolve("backup");

  /** Where there is no {@code docker compose}, its predecessor takes the same words. */
  private static final String OLDER_COMPOSE =
      """
      docker() {
        if [[ ${1-} == compose ]] && ! command docker compose version >/dev/null 2>&1; then
          shift
          command docker-compose "$@"
        else
          command docker "$@"
        fi
      }
      """;

  @Test
  void an_operator_does_what_the_page_says() throws IOException {
    assertThat(BACKUP).as("somebody's own backup").doesNotExist();
    try (Fleet fleet = Fleet.startFresh(new ComposedHost())) {
      follow(OperationsPage.read(), fleet);
      assertThat(Fleet.elements(fleet.status().get("nodes")))
          .as("nodes at the end")
          .hasSize(3)
          .allSatisfy(node -> assertThat(node.get("state").asString()).isEqualTo("healthy"));
    } finally {
      forgetBackup();
    }
  }

  private static void follow(OperationsPage page, Fleet fleet) {
    Shell shell =
        new Shell(
            Fleet.repositoryRoot(),
            Map.of(
                "COMPOSE_PROJECT_NAME",
                ComposedHost.PROJECT,
                "DOCKER_BUILDKIT",
                "0",
                "COMPOSE_DOCKER_CLI_BUILD",
                "0",
                // Nobody loads this fleet.
                "SETTLE_SECONDS",
                "10"),
            OLDER_COMPOSE);
    String chapter = "";
    for (Block block : page.blocks(OperationsPage.COMPOSE).toList()) {
      if (!block.chapter().equals(chapter)) {
        awaitPlay(fleet, chapter);
        chapter = block.chapter();
      }
      try {
        shell.run(block.commands(), A_BLOCK);
      } catch (AssertionError failed) {
        throw new AssertionError(block + " " + failed.getMessage(), failed);
      }
    }
    awaitPlay(fleet, chapter);
  }

  private static void awaitPlay(Fleet fleet, String chapter) {
    Fleet.await(
        "the demo title plays after \"" + chapter + "\"",
        PLAYS_WITHIN,
        () -> {
          Fleet.Said said = fleet.word("play", Fleet.DEMO_TITLE, "--fast");
          return said.exit() == 0 && said.json().get("error").isNull();
        });
  }

  private static void forgetBackup() throws IOException {
    for (String file : List.of("cassandra.tar", "secrets.tar")) {
      Files.deleteIfExists(BACKUP.resolve(file));
    }
    Files.deleteIfExists(BACKUP);
  }
}
