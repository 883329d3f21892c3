package io.tributary.fleet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.fleet.process.ProcessState.Frozen;
import io.tributary.fleet.process.ProcessState.Gone;
import io.tributary.fleet.process.ProcessState.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: started, found again by files alone, stopped with all that they started. */
class ProcessTableTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private ProcessTable table;

  @BeforeEach
  void open() throws IOException {
    table = new ProcessTable(Files.createDirectories(folder.resolve("run")));
  }

  @AfterEach
  void killAll() throws Exception {
    for (String name : table.names()) {
      table.signal(name, "KILL");
    }
  }

  @Test
  void aStartedProcessIsFoundByAnotherTableAndEndsWhenAsked() throws Exception {
    long pid = table.start(sleeper("one", "exec sleep 60"));
    ProcessTable other = new ProcessTable(folder.resolve("run"));

    assertThat(other.names()).containsExactly("one");
    assertThat(other.state("one")).isEqualTo(new Running(pid));
    assertThatThrownBy(() -> other.start(sleeper("one", "exec sleep 60")))
        .hasMessage("one runs already as process " + pid);

    other.askToEnd("one");
    assertThat(other.awaitEnd("one", SOON)).isTrue();
    assertThat(other.state("one")).isEqualTo(new Gone());
  }

  @Test
  void aFrozenProcessIsToldFromARunningOne() throws Exception {
    long pid = table.start(sleeper("one", "exec sleep 60"));
    table.signal("one", "STOP");
    awaitState("one", new Frozen(pid));

    table.signal("one", "CONT");
    awaitState("one", new Running(pid));
  }

  @Test
  void whatAKilledProcessStartedDiesWithIt() throws Exception {
    table.start(sleeper("one", "sleep 61 & echo $! > child; wait"));
    Path child = folder.resolve("child");
    while (!Files.exists(child) || Files.readString(child).isBlank()) {
      Thread.onSpinWait();
    }
    long orphan = Long.parseLong(Files.readString(child).strip());

    assertThat(table.signal("one", "KILL")).isTrue();

    assertThat(table.awaitEnd("one", SOON)).isTrue();
    assertThat(ProcFs.stat(orphan).map(ProcStat::state)).isNotEqualTo(java.util.Optional.of('S'));
  }

  @Test
  void aProcessIdThatIsUsedAgainIsNotTheProcess() throws Exception {
    long pid = table.start(sleeper("one", "exec sleep 60"));
    Path file = folder.resolve("run/one.process");
    String text = Files.readString(file);
    ProcessIdentity identity = ProcessIdentity.parse(text);
    Files.writeString(file, text.replace(" " + identity.startTicks() + " ", " 1 "));

    assertThat(table.state("one")).isEqualTo(new Gone());

    Files.writeString(file, text.replace(identity.bootId(), "another"));
    assertThat(table.state("one")).isEqualTo(new Gone());

    Files.writeString(file, text);
    assertThat(table.state("one")).isEqualTo(new Running(pid));
  }

  @Test
  void aNameWithBracketsAndSpacesDoesNotConfuseTheKernelsStatus() {
    assertThat(ProcStat.parse("7 (a) b (c) T 1 7 5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4711 0"))
        .isEqualTo(new ProcStat(7, 'T', 5, 4711));
  }

  @Test
  void theOwnerOfAPortIsNamed() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PortOwner.of(socket.getLocalPort()))
          .hasValueSatisfying(
              owner -> assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid()));
    }
  }

  private ProcessSpec sleeper(String name, String script) {
    return new ProcessSpec(
        name, List.of("sh", "-c", script), folder, folder.resolve(name + ".log"));
  }

  private void awaitState(String name, ProcessState wanted) throws IOException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!table.state(name).equals(wanted) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(table.state(name)).isEqualTo(wanted);
  }
}
