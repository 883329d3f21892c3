package io.tributary.pipeline.packaging;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The HLS media playlist (RFC 8216) of one rendition, which lies in one folder with the files that
 * it names: it names them without any path, so it is right wherever the package lies.
 *
 * <p>Pure; lines end with a line feed.
 */
final class MediaPlaylist {
  /** Its name in the rendition's folder. */
  static final String FILE_NAME = "index.m3u8";

  /** Six decimals: a millionth of a second, well below a frame or an audio sample. */
  private static final int DECIMALS = 6;

  private MediaPlaylist() {}

  /**
   * The playlist's text.
   *
   * @param timescale how many units of a segment's duration make a second
   * @param init the CMAF header
   * @param segments in the order of play
   */
  static String of(long timescale, PackageFile init, List<Segment> segments) {
    StringBuilder out = new StringBuilder(32 * segments.size() + 256);
    out.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
        .append(targetDuration(timescale, segments))
        .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n")
        .append("#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"")
        .append(name(init.path()))
        .append("\"\n");
    // Ends are rounded, not durations: so the sum is exact whatever the number of segments.
    long end = 0;
    BigDecimal endSeconds = seconds(0, timescale);
    for (Segment segment : segments) {
      end += segment.duration();
      BigDecimal nextEnd = seconds(end, timescale);
      out.append("#EXTINF:")
          .append(nextEnd.subtract(endSeconds).toPlainString())
          .append(",\n")
          .append(name(segment.path()))
          .append('\n');
      endSeconds = nextEnd;
    }
    return out.append("#EXT-X-ENDLIST\n").toString();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** No segment, rounded to whole seconds, is longer. */
  private static long targetDuration(long timescale, List<Segment> segments) {
    long longest = segments.stream().mapToLong(Segment::duration).max().orElse(0);
    return Math.max(1, Math.round((double) longest / timescale));
  }

  private static BigDecimal seconds(long units, long timescale) {
    return BigDecimal.valueOf(units)
        .divide(BigDecimal.valueOf(timescale), DECIMALS, RoundingMode.HALF_UP);
  }
}
