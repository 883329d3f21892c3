package io.tributary.client;

import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.loading.FetchResult;
import io.tributary.client.loading.FileFetcher;
import io.tributary.client.media.MediaFile;
import io.tributary.client.media.Rendition;
import io.tributary.client.media.Segment;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches one track of a play, segment after segment, on a thread of its own. */
final class TrackLoader implements Runnable {
  // A node that cannot deliver half of the lowest rate can never play anything.
  private static final long FLOOR_DIVISOR = 2;

  private final PlaySession session;
  private final FileFetcher fetcher;
  private final int track;
  private final List<Rendition> ladder;
  private final long startMicros;
  private final long endMicros;
  private final Set<String> initsLoaded = new HashSet<>();

  /**
   * A loader.
   *
   * @param track the buffer's number for it
   * @param ladder its renditions, lowest first, with segments that end together
   * @param startMicros where the play begins
   * @param endMicros where it ends: no segment that starts there or later is fetched
   */
  TrackLoader(
      PlaySession session,
      FileFetcher fetcher,
      int track,
      List<Rendition> ladder,
      long startMicros,
      long endMicros) {
    this.session = session;
    this.fetcher = fetcher;
    this.track = track;
    this.ladder = ladder;
    this.startMicros = startMicros;
    this.endMicros = endMicros;
  }

  @Override
  public void run() {
    try {
      load();
    } catch (InterruptedException interrupted) {
      session.close();
    } catch (RuntimeException bug) {
      session.fail(PlaySession.bug(bug));
    }
  }

  private void load() throws InterruptedException {
    List<Segment> segments = ladder.get(0).segments();
    OptionalInt current = OptionalInt.empty();
    for (int index = firstSegment(segments);
        index < segments.size() && segments.get(index).startMicros() < endMicros;
        index++) {
      current = session.awaitTurn(track, ladder, current, index);
      if (!current.isPresent() || !loadSegment(ladder.get(current.getAsInt()), index)) {
        return;
      }
    }
    session.trackComplete(track);
  }

  /** The first with something to play; none if the play begins after the track's end. */
  private int firstSegment(List<Segment> segments) {
    int index = ladder.get(0).segmentAt(startMicros);
    return segments.get(index).endMicros() > startMicros ? index : index + 1;
  }

  private boolean loadSegment(Rendition rendition, int index) throws InterruptedException {
    if (!initsLoaded.contains(rendition.renditionId())) {
      if (fetch(rendition.init()) == null) {
        return false;
      }
      initsLoaded.add(rendition.renditionId());
      session.initLoaded(rendition.init());
    }
    FetchResult.Fetched fetched = fetch(rendition.segments().get(index).file());
    if (fetched == null) {
      return false;
    }
    session.segmentLoaded(track, rendition, index, fetched.node(), fetched.nanos());
    return true;
  }

  /** The file, or null if the play is over, perhaps because this file could not be had. */
  private FetchResult.@Nullable Fetched fetch(MediaFile file) throws InterruptedException {
    long floor = ladder.get(0).averageBitsPerSecond() / FLOOR_DIVISOR;
    FetchResult result = fetcher.fetch(file, floor, session);
    if (result instanceof FetchResult.GaveUp gaveUp) {
      session.fail(
          PlayError.of(
              ErrorCode.NODES_FAILED,
              "no node delivered " + file.path() + "; the last one, " + gaveUp.detail()));
    }
    return result instanceof FetchResult.Fetched fetched ? fetched : null;
  }
}
