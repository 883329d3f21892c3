package io.tributary.pipeline.probe;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the packets of a source really say, whatever its header claims. Fed with the lines of one
 * ffprobe run; not safe for use by several threads.
 */
final class PacketScan {
  /** Columns of a line, as asked of ffprobe. */
  static final String ENTRIES = "packet=stream_index,pts_time,dts_time,duration_time,flags";

  /** Streams beyond it are not looked at; no film has as many. */
  private static final int MAX_STREAMS = 64;

  private final Map<Integer, Track> tracks = new HashMap<>();

  /**
   * A stream's packets.
   *
   * <p>Times are seconds. What an edit list cuts away counts for {@code end - start} only.
   */
  static final class Track {
    private long packets;
    private long shown;
    private double start = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;
    private double shownStart = Double.POSITIVE_INFINITY;
    private double shownLast = Double.NEGATIVE_INFINITY;
    private double shownEnd = Double.NEGATIVE_INFINITY;
    private double shortest = Double.POSITIVE_INFINITY;
    private double longest;
    private double previousDecode = Double.NaN;

    private void add(double time, double decodeTime, double duration, boolean isShown) {
      packets++;
      start = Math.min(start, time);
      end = Math.max(end, time + duration);
      if (!isShown) {
        return;
      }
      shown++;
      shownStart = Math.min(shownStart, time);
      shownLast = Math.max(shownLast, time);
      shownEnd = Math.max(shownEnd, time + duration);
      if (!Double.isNaN(previousDecode) && decodeTime > previousDecode) {
        shortest = Math.min(shortest, decodeTime - previousDecode);
        longest = Math.max(longest, decodeTime - previousDecode);
      }
      previousDecode = decodeTime;
    }

    boolean isEmpty() {
      return shown == 0;
    }

    long packets() {
      return packets;
    }

    /** From the first packet to the end of the last, cut ones too. */
    double spanSeconds() {
      return packets == 0 ? 0 : end - start;
    }

    double endSeconds() {
      return packets == 0 ? 0 : end;
    }

    /** What a viewer sees or hears. */
    double shownSeconds() {
      return shown == 0 ? 0 : shownEnd - Math.max(0, shownStart);
    }

    /** Frames a second over all that is shown; 0 where there are fewer than two. */
    double averageRate() {
      return shown < 2 || shownLast <= shownStart ? 0 : (shown - 1) / (shownLast - shownStart);
    }

    /** Whether decode times stand equally apart, but for what a container's clock rounds. */
    boolean isConstant() {
      return shown < 2 || longest - shortest < 0.0025;
    }
  }

  /** Takes a line; one that is not of the asked form is passed over. */
  void line(String line) {
    String[] columns = line.split(",", -1);
    if (columns.length < 5) {
      return;
    }
    Integer stream = integer(columns[0]);
    if (stream == null || (tracks.size() >= MAX_STREAMS && !tracks.containsKey(stream))) {
      return;
    }
    Double pts = number(columns[1]);
    Double dts = number(columns[2]);
    Double time = pts != null ? pts : dts;
    if (time == null) {
      return;
    }
    Double duration = number(columns[3]);
    tracks
        .computeIfAbsent(stream, _ -> new Track())
        .add(
            time,
            dts == null ? time : dts,
            duration == null ? 0 : duration,
            !columns[4].contains("D"));
  }

  /** The packets of a stream; empty where it has none. */
  Track track(int streamIndex) {
    return tracks.getOrDefault(streamIndex, new Track());
  }

  private static @Nullable Integer integer(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
