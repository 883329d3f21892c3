package io.tributary.pipeline.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.pipeline.ffmpeg.ToolRuns.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that would run for minutes. */
class ToolRunsIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Far less than what the programs run for. */
  private static final int SOON_SECONDS = 60;

  @TempDir Path directory;

  private final ToolRuns runs = new ToolRuns();
  private final CompletableFuture<ProcessHandle> started = new CompletableFuture<>();

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void anInterruptKillsAProgramThatWritesAndOneThatDoesNot() throws Exception {
    for (String script : List.of("exec sleep 300", "while :; do echo frame; done")) {
      CompletableFuture<ProcessHandle> handle = new CompletableFuture<>();
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  runs.run(shell(), of(script), directory, LONG, handle::complete, _ -> {});
                  thrown.complete(new AssertionError("the program ended by itself"));
                } catch (IOException | InterruptedException e) {
                  thrown.complete(e);
                }
              });
      ProcessHandle program = handle.get(SOON_SECONDS, TimeUnit.SECONDS);

      caller.interrupt();

      assertThat(thrown.get(SOON_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(InterruptedException.class);
      program.onExit().get(SOON_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatTakesTooLongIsKilledAndSaidToHave() throws Exception {
    Outcome outcome = run("exec sleep 300", Duration.ofMillis(200), _ -> {});

    assertThat(outcome.timedOut()).isTrue();
    assertThat(outcome.succeeded()).isFalse();
  }

  @Test
  void everyLineIsThereWhenTheRunIsOver() throws Exception {
    List<String> lines = new ArrayList<>();

    Outcome outcome = run("seq 1 20000; echo trouble >&2; exit 3", LONG, lines::add);

    assertThat(outcome).isEqualTo(new Outcome(3, "trouble\n", false));
    assertThat(lines).hasSize(20_000).endsWith("20000");
  }

  @Test
  void aReaderThatFailsEndsTheProgram() throws Exception {
    assertThatThrownBy(() ->
            run(
                "while :; do echo frame; done",
                LONG,
                _ -> {
                  throw new IllegalStateException("no such line");
                }))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("no such line");
    started.get().onExit().get(SOON_SECONDS, TimeUnit.SECONDS);
  }

  private Outcome run(String script, Duration bound, Consumer<String> onLine)
      throws IOException, InterruptedException {
    return runs.run(shell(), of(script), directory, bound, started::complete, onLine);
  }

  private static Path shell() {
    return Path.of("/bin/sh");
  }

  private static List<String> of(String script) {
    return List.of("-c", script);
  }
}
