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
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    await(() -> Files.exists(child) && !Files.readString(child).isBlank());
    long orphan = Long.parseLong(Files.readString(child).strip());

    assertThat(table.signal("one", "KILL")).isTrue();

    assertThat(table.awaitEnd("one", SOON)).isTrue();
    await(() -> ProcFs.stat(orphan).map(ProcStat::state).filter(state -> state != 'Z').isEmpty());
  }

  /** As {@code down} does with what a launcher left that was killed while it rehearsed. */
  @Test
  void whatAKilledLauncherLeftIsFoundAndKilledByItsFilesAlone() throws Exception {
    long pid = table.start(sleeper("one", "exec sleep 62"));
    table.start(sleeper("two", "exec true"));

    ProcessTable other = new ProcessTable(folder.resolve("run"));

    assertThat(other.killAll()).contains("one");
    assertThat(other.names()).isEmpty();
    await(() -> ProcFs.stat(pid).map(ProcStat::state).filter(state -> state != 'Z').isEmpty());
    assertThat(new ProcessTable(folder.resolve("none")).killAll()).isEmpty();
  }

  @Test
  void aTableThatIsBeingStoppedStartsNothingMore() throws Exception {
    table.startNothingMore();

    assertThatThrownBy(() -> table.start(sleeper("one", "exec sleep 60")))
        .hasMessage("one is not started: this ./tributary is ending");
    assertThat(table.names()).isEmpty();
  }

  /** A power cut leaves such files: the machine's start is another one, the process is gone. */
  @ParameterizedTest
  @ValueSource(strings = {"", "half a boot id", "a\nb", "a\n7 (sleep) S 1"})
  void aDamagedFileIsAProcessThatIsGone(String text) throws Exception {
    Files.writeString(folder.resolve("run/one.process"), text);

    assertThat(table.state("one")).isEqualTo(new Gone());
    table.start(sleeper("one", "exec sleep 60"));
    assertThat(table.state("one")).isInstanceOf(Running.class);
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
              owner -> assertThat(owner.pid()).hasValue(ProcessHandle.current().pid()));
    }
  }

  @Test
  void theOwnerOfAPortIsNoNumberWhenItIsAnotherUsers() {
    assertThat(new PortOwner(OptionalLong.empty(), "").words())
        .isEqualTo("a process of another user");
    assertThat(new PortOwner(OptionalLong.of(7), "sleep 1").words())
        .isEqualTo("process 7 (sleep 1)");
  }

  private ProcessSpec sleeper(String name, String script) {
    return new ProcessSpec(
        name, List.of("sh", "-c", script), folder, folder.resolve(name + ".log"));
  }

  private void awaitState(String name, ProcessState wanted) throws Exception {
    await(() -> table.state(name).equals(wanted));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
