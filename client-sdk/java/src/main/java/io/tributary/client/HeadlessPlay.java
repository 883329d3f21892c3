package io.tributary.client;

import io.tributary.client.abr.ThroughputMeter;
import io.tributary.client.buffer.PlayBuffer;
import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.error.PlayException;
import io.tributary.client.loading.FileFetcher;
import io.tributary.client.media.MediaKind;
import io.tributary.client.media.MediaPackage;
import io.tributary.client.media.Rendition;
import io.tributary.client.nodes.NodeBoard;
import io.tributary.client.playback.PlayManifest;
import io.tributary.client.playback.Playback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A play's life: asks for it, starts its loaders, runs its clock and delivers its events. What its
 * threads share once the service has granted it is in {@link PlaySession}.
 */
final class HeadlessPlay implements Play {
  private final String titleId;
  private final PlayOptions options;
  private final PlayParts parts;
  private final List<PlayListener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<@Nullable Thread> clock = new AtomicReference<>();

  // Both guarded by this.
  private @Nullable PlaySession session;
  private @Nullable PlayReport reportWithoutSession;

  HeadlessPlay(String titleId, PlayOptions options, PlayParts parts) {
    this.titleId = titleId;
    this.options = options;
    this.parts = parts;
  }

  @Override
  public void addListener(PlayListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(PlayListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void start() {
    long startedAtNanos = parts.ticker().nanos();
    Thread thread = daemon(() -> run(startedAtNanos), "clock");
    if (!clock.compareAndSet(null, thread)) {
      throw new IllegalStateException("the play of " + titleId + " was started before");
    }
    thread.start();
  }

  @Override
  public PlayReport awaitEnd() throws InterruptedException {
    checkMayWait();
    over.await();
    return report();
  }

  @Override
  public Optional<PlayReport> awaitEnd(Duration atMost) throws InterruptedException {
    checkMayWait();
    return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(report())
        : Optional.empty();
  }

  @Override
  public synchronized PlayReport report() {
    if (session != null) {
      return session.report();
    }
    return reportWithoutSession != null
        ? reportWithoutSession
        : PlaySession.unplayed(null, options.pacing());
  }

  @Override
  public synchronized PlayBuffer.State state() {
    if (session != null) {
      return session.state();
    }
    return reportWithoutSession == null ? PlayBuffer.State.STARTING : PlayBuffer.State.ENDED;
  }

  @Override
  public synchronized Duration position() {
    return session == null ? Duration.ZERO : Duration.ofNanos(session.positionMicros() * 1_000);
  }

  @Override
  public synchronized Optional<String> currentNode() {
    return session == null ? Optional.empty() : session.currentNode();
  }

  @Override
  public void savePosition() {
    PlaySession granted;
    synchronized (this) {
      granted = session;
    }
    if (granted == null) {
      throw new IllegalStateException("the play of " + titleId + " has no playbackId yet");
    }
    parts.api().savePosition(granted.playbackId(), granted.positionMicros() / 1_000);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (session != null) {
        session.close();
      } else if (reportWithoutSession == null) {
        reportWithoutSession = PlaySession.unplayed(null, options.pacing());
      }
    }
    over.countDown();
  }

  private void run(long startedAtNanos) {
    try {
      Playback playback = parts.api().create(titleId, UUID.randomUUID().toString());
      if (isClosed()) {
        return;
      }
      PlayManifest manifest = parts.api().manifest(playback.playManifest());
      PlaySession granted = begin(playback, manifest, startedAtNanos);
      if (granted == null) {
        return;
      }
      for (List<PlayEvent> due = granted.awaitEvents();
          !due.isEmpty();
          due = granted.awaitEvents()) {
        deliver(due);
      }
    } catch (PlayException refused) {
      fail(refused.error());
    } catch (RuntimeException bug) {
      fail(PlaySession.bug(bug));
    } catch (InterruptedException interrupted) {
      close();
    } finally {
      over.countDown();
    }
  }

  /** Starts the loaders; null if the play was closed meanwhile. */
  private synchronized @Nullable PlaySession begin(
      Playback playback, PlayManifest manifest, long startedAtNanos) {
    if (reportWithoutSession != null) {
      return null;
    }
    List<List<Rendition>> tracks = tracks(manifest.media());
    long startMicros = startMicros(playback);
    long endMicros = endMicros(tracks, startMicros);
    long now = parts.ticker().nanos();
    PlayBuffer buffer =
        new PlayBuffer(
            options.buffer(), options.pacing(), tracks.size(), startMicros, endMicros, now);
    NodeBoard board = new NodeBoard(manifest.nodes(), parts.loading().penaltyMillis() * 1_000_000L);
    ThroughputMeter meter = new ThroughputMeter(parts.abr());
    PlaySession granted =
        new PlaySession(
            playback.playbackId(),
            startedAtNanos,
            options,
            buffer,
            board,
            meter,
            parts,
            afterNewRanking ->
                new Renewals(
                    parts.api(), playback, board, afterNewRanking, parts.ticker(), parts.random()));
    FileFetcher fetcher =
        new FileFetcher(
            parts.transport(), board, meter, parts.loading(), parts.ticker(), parts.random());
    for (int track = 0; track < tracks.size(); track++) {
      List<Rendition> ladder = tracks.get(track);
      daemon(
              new TrackLoader(granted, fetcher, track, ladder, startMicros, endMicros),
              ladder.get(0).kind() == MediaKind.VIDEO ? "video" : "audio")
          .start();
    }
    session = granted;
    return granted;
  }

  /** The picture's ladder, and one rendition of the sound: the best, as it weighs so little. */
  private List<List<Rendition>> tracks(MediaPackage media) {
    List<List<Rendition>> tracks = new ArrayList<>();
    List<Rendition> video = media.ladder(MediaKind.VIDEO);
    List<Rendition> audio = media.ladder(MediaKind.AUDIO);
    if (!video.isEmpty()) {
      for (Rendition rendition : video) {
        if (rendition.segments().size() != video.get(0).segments().size()) {
          throw unplayable(
              rendition.renditionId()
                  + " has "
                  + rendition.segments().size()
                  + " segments (expected: "
                  + video.get(0).segments().size()
                  + ", as in the other renditions)");
        }
      }
      tracks.add(video);
    }
    if (!audio.isEmpty()) {
      tracks.add(audio.subList(audio.size() - 1, audio.size()));
    }
    if (tracks.isEmpty()) {
      throw unplayable("the package has neither video nor audio");
    }
    return tracks;
  }

  private long startMicros(Playback playback) {
    PlayOptions.Start start = options.start();
    if (start instanceof PlayOptions.Start.Position at) {
      return at.position().toMillis() * 1_000;
    }
    return start instanceof PlayOptions.Start.Bookmark
        ? playback.resumePositionMillis() * 1_000
        : 0;
  }

  private long endMicros(List<List<Rendition>> tracks, long startMicros) {
    long endMicros = 0;
    for (List<Rendition> ladder : tracks) {
      int last = ladder.get(0).segments().size() - 1;
      endMicros = Math.max(endMicros, ladder.get(0).segments().get(last).endMicros());
    }
    return options.limit().isPresent()
        ? Math.min(endMicros, startMicros + options.limit().get().toMillis() * 1_000)
        : endMicros;
  }

  private void fail(PlayError error) {
    PlaySession granted;
    PlayReport report = PlaySession.unplayed(error, options.pacing());
    synchronized (this) {
      granted = session;
      if (granted == null) {
        if (reportWithoutSession != null) {
          return;
        }
        reportWithoutSession = report;
      }
    }
    if (granted != null) {
      granted.fail(error);
      report = granted.report();
    }
    List<PlayEvent> last = new ArrayList<>();
    last.add(new PlayEvent.Failed(error, report));
    deliver(last);
  }

  private void deliver(List<PlayEvent> due) {
    for (PlayEvent event : due) {
      for (PlayListener listener : listeners) {
        try {
          listener.onEvent(event);
        } catch (RuntimeException thrown) {
          Thread thread = Thread.currentThread();
          thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        }
      }
    }
  }

  private synchronized boolean isClosed() {
    return reportWithoutSession != null;
  }

  private void checkMayWait() {
    Thread thread = clock.get();
    if (thread == null && over.getCount() > 0) {
      throw new IllegalStateException("the play of " + titleId + " was not started");
    }
    if (thread == Thread.currentThread()) {
      throw new IllegalStateException("a listener cannot wait for the end of its play");
    }
  }

  private Thread daemon(Runnable work, String role) {
    Thread thread = new Thread(work, "tributary-" + role + "-" + titleId);
    thread.setDaemon(true);
    return thread;
  }

  private static PlayException unplayable(String message) {
    return new PlayException(PlayError.of(ErrorCode.UNPLAYABLE, message));
  }
}
