package io.tributary.contracts.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One encoding of the title's picture or sound. All video renditions' segments end together.
 *
 * @param renditionId unique in the package, e.g. {@code v720} or {@code a0}; the same alphabet as a
 *     title's id
 * @param kind picture or sound
 * @param codecs as RFC 6381 writes them, e.g. {@code avc1.4d401f}
 * @param timescale how many units of a segment's {@code start} and {@code duration} make a second
 * @param peakBitsPerSecond the largest rate of any one segment
 * @param averageBitsPerSecond all segments' bytes over all their time
 * @param video null for sound
 * @param audio null for a picture
 * @param init the CMAF header, to be loaded before any segment
 * @param segments in the order of play, at least one
 * @param playlist its HLS media playlist, whose URIs are relative to it, e.g. {@code
 *     v720/index.m3u8}; null in a package from before playlists were written
 */
public record Rendition(
    String renditionId,
    MediaKind kind,
    String codecs,
    long timescale,
    long peakBitsPerSecond,
    long averageBitsPerSecond,
    @Nullable VideoFormat video,
    @Nullable AudioFormat audio,
    PackageFile init,
    List<Segment> segments,
    @Nullable PackageFile playlist) {
  public Rendition {
    segments = List.copyOf(segments);
  }
}
