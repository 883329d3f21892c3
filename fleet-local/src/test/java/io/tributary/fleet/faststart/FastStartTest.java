package io.tributary.fleet.faststart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.process.ProcessSpec;
import io.tributary.fleet.process.ProcessState;
import io.tributary.fleet.process.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FastStartTest {

  @TempDir Path cache;

  /** They are in no fleet's table, so {@code down} must look here too. */
  @Test
  void rehearsalsOfAKilledLauncherAreEnded() throws Exception {
    FleetFolder folder = new FleetFolder(cache.resolve("rehearsal"), "rehearsal");
    folder.make();
    ProcessTable launchers = new ProcessTable(folder.run());
    launchers.start(
        new ProcessSpec("cassandra", List.of("sleep", "60"), cache, folder.log("cassandra")));

    assertThat(FastStart.endLeftOver(cache)).containsExactly("cassandra");

    assertThat(launchers.state("cassandra")).isEqualTo(new ProcessState.Gone());
    assertThat(FastStart.endLeftOver(cache)).isEmpty();
  }
}
