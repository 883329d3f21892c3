package io.tributary.ctl;

import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to being a package: uploaded part by part, then watched to its end. Watching
 * waits for a door that is away for a while, since the work behind it goes on or is taken up again.
 * Blocking; safe for use by many threads.
 */
public final class SourceUpload {
  /** How often one call is made before the upload gives up. */
  private static final int ATTEMPTS = 4;

  /** The work behind the door is started again within this time, or somebody must look. */
  private static final Duration DOOR_AWAY_AT_MOST = Duration.ofMinutes(2);

  private final AdminClient admin;

  /** Uploads through a fleet's admin door. */
  public SourceUpload(AdminClient admin) {
    this.admin = admin;
  }

  /**
   * Announces and uploads a whole file: create, every part in order, complete. A part, or the word
   * that all are there, that fails on its way is sent again, four times in all.
   *
   * @param titleId of a new title, or of one that gets a new package
   * @param name for people; null for the title's id
   * @param file the source, at least one byte
   * @param progress hears of each part
   * @return the ingest, on its way from {@code queued}
   * @throws AdminException as {@link AdminClient} does
   */
  public Ingest upload(String titleId, @Nullable String name, Path file, UploadProgress progress) {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException e) {
      throw FileSlice.unreadable(file, e);
    }
    Ingest ingest =
        admin.createIngest(
            new CreateIngest(titleId, name, String.valueOf(file.getFileName()), bytes));
    if (ingest.partBytes() < 1) {
      throw AdminConnection.notUnderstood(
          "partBytes is " + ingest.partBytes() + " (expected: at least 1)", null);
    }
    long sent = 0;
    for (int part = 1; sent < bytes; part++) {
      long length = Math.min(ingest.partBytes(), bytes - sent);
      int number = part;
      long offset = sent;
      patiently(() -> {
        admin.uploadPart(ingest.ingestId(), number, file, offset, length);
        return ingest;
      });
      sent += length;
      progress.sent(sent, bytes);
    }
    return patiently(() -> admin.completeIngest(ingest.ingestId()));
  }

  /**
   * Waits until an ingest is published or has failed, asking once every {@code interval}.
   *
   * @param heard hears every answer, the last too
   * @return the ingest in state {@code published} or {@code failed}
   * @throws AdminException as {@link AdminClient} does; one that may pass by itself only once it
   *     has lasted for two minutes
   */
  public Ingest awaitEnd(String ingestId, Duration interval, Consumer<Ingest> heard) {
    long lastHeardNanos = System.nanoTime();
    while (true) {
      try {
        Ingest ingest = admin.ingest(ingestId);
        lastHeardNanos = System.nanoTime();
        heard.accept(ingest);
        if (ingest.state() == IngestState.PUBLISHED || ingest.state() == IngestState.FAILED) {
          return ingest;
        }
      } catch (AdminException e) {
        boolean longAway = System.nanoTime() - lastHeardNanos > DOOR_AWAY_AT_MOST.toNanos();
        if (!e.isRetryable() || longAway || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      pause(interval);
    }
  }

  /** Does again what is safe to repeat. */
  private static Ingest patiently(Supplier<Ingest> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (AdminException e) {
        if (attempt == ATTEMPTS || !e.isRetryable() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        pause(Duration.ofMillis(500L * attempt));
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdminConnection.noAnswer("interrupted while waiting", e);
    }
  }
}
