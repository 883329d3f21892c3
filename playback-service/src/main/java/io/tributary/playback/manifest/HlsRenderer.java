package io.tributary.playback.manifest;

import io.tributary.contracts.api.Pathway;
import io.tributary.contracts.media.AudioFormat;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.contracts.media.VideoFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * HLS playlists (RFC 8216bis) of a package: every variant once for each pathway, best pathway
 * first, so that players which know pathways and those which only know redundant variants both find
 * the next node. Within a pathway the lowest rate comes first: a player that starts with the first
 * variant then starts at once.
 *
 * <p>Pure; texts are ASCII but for what titles bring, lines end with a line feed.
 */
final class HlsRenderer {
  /** Six decimals: a millionth of a second, well below a frame or an audio sample. */
  private static final int DECIMALS = 6;

  private HlsRenderer() {}

  /**
   * The multivariant playlist. Media playlists are named where they lie, at each pathway's node;
   * those that the package has not, or whose pathway is no one node's, relative to this one, as
   * {@code <pathwayId>/<renditionId>.m3u8}, where they are rendered.
   *
   * @param steeringUrl where players ask for the pathways' order while they play; null for nowhere
   */
  static String multivariant(
      PackageManifest media, List<Pathway> pathways, @Nullable String steeringUrl) {
    StringBuilder out = new StringBuilder(4096);
    out.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    if (steeringUrl != null) {
      // Its pathway is the first of steering's answer too while its node is well: where they
      // differ,
      // hls.js does not always start.
      out.append("#EXT-X-CONTENT-STEERING:SERVER-URI=\"")
          .append(steeringUrl)
          .append("\",PATHWAY-ID=\"")
          .append(pathways.getFirst().pathwayId())
          .append("\"\n");
    }
    List<Rendition> videos = ascending(media, MediaKind.VIDEO);
    List<Rendition> audios = ascending(media, MediaKind.AUDIO);
    if (!videos.isEmpty()) {
      pathways.forEach(pathway -> audioGroup(out, pathway, audios));
    }
    for (Pathway pathway : pathways) {
      for (Rendition rendition : videos.isEmpty() ? audios : videos) {
        variant(out, pathway, rendition, videos.isEmpty() ? List.of() : audios);
      }
    }
    return out.toString();
  }

  /**
   * The media playlist of a rendition that has none at the nodes; {@code baseUrl} ends in a slash.
   */
  static String media(Rendition rendition, String baseUrl) {
    StringBuilder out =
        new StringBuilder((baseUrl.length() + 64) * rendition.segments().size() + 512);
    out.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
        .append(targetDuration(rendition))
        .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n")
        .append("#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"")
        .append(baseUrl)
        .append(rendition.init().path())
        .append("\"\n");
    // Ends are rounded, not durations: so the sum is exact whatever the number of segments.
    long end = 0;
    BigDecimal endSeconds = seconds(0, rendition.timescale());
    for (Segment segment : rendition.segments()) {
      end += segment.duration();
      BigDecimal nextEnd = seconds(end, rendition.timescale());
      out.append("#EXTINF:")
          .append(nextEnd.subtract(endSeconds).toPlainString())
          .append(",\n")
          .append(baseUrl)
          .append(segment.path())
          .append('\n');
      endSeconds = nextEnd;
    }
    return out.append("#EXT-X-ENDLIST\n").toString();
  }

  private static void audioGroup(StringBuilder out, Pathway pathway, List<Rendition> audios) {
    boolean first = true;
    for (Rendition audio : audios) {
      AudioFormat format = audio.audio();
      out.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"")
          .append(groupId(pathway))
          .append("\",NAME=\"")
          .append(audio.renditionId())
          .append('"');
      if (format != null && !format.language().equals("und")) {
        out.append(",LANGUAGE=\"").append(format.language()).append('"');
      }
      out.append(first ? ",DEFAULT=YES" : ",DEFAULT=NO").append(",AUTOSELECT=YES");
      if (format != null) {
        out.append(",CHANNELS=\"").append(format.channels()).append('"');
      }
      out.append(",STABLE-RENDITION-ID=\"")
          .append(audio.renditionId())
          .append("\",URI=\"")
          .append(uri(pathway, audio))
          .append("\"\n");
      first = false;
    }
  }

  /** Rates are those of the variant with the dearest sound it can be played with. */
  private static void variant(
      StringBuilder out, Pathway pathway, Rendition rendition, List<Rendition> audios) {
    long peak = rendition.peakBitsPerSecond() + max(audios, Rendition::peakBitsPerSecond);
    long average = rendition.averageBitsPerSecond() + max(audios, Rendition::averageBitsPerSecond);
    out.append("#EXT-X-STREAM-INF:BANDWIDTH=")
        .append(peak)
        .append(",AVERAGE-BANDWIDTH=")
        .append(average)
        .append(",CODECS=\"")
        .append(rendition.codecs());
    audios.stream()
        .map(Rendition::codecs)
        .distinct()
        .forEach(codecs -> out.append(',').append(codecs));
    out.append('"');
    @Nullable VideoFormat video = rendition.video();
    if (video != null) {
      out.append(",RESOLUTION=")
          .append(video.width())
          .append('x')
          .append(video.height())
          .append(",FRAME-RATE=")
          .append(
              String.format(
                  Locale.ROOT,
                  "%.3f",
                  (double) video.frameRateNumerator() / video.frameRateDenominator()));
    }
    if (!audios.isEmpty()) {
      out.append(",AUDIO=\"").append(groupId(pathway)).append('"');
    }
    out.append(",PATHWAY-ID=\"")
        .append(pathway.pathwayId())
        .append("\",STABLE-VARIANT-ID=\"")
        .append(rendition.renditionId())
        .append("\"\n")
        .append(uri(pathway, rendition))
        .append('\n');
  }

  private static long max(List<Rendition> renditions, ToLongFunction<Rendition> rate) {
    return renditions.stream().mapToLong(rate).max().orElse(0);
  }

  private static String groupId(Pathway pathway) {
    return "audio-" + pathway.pathwayId();
  }

  private static String uri(Pathway pathway, Rendition rendition) {
    PackageFile playlist = rendition.playlist();
    return playlist == null || pathway.baseUrl().isEmpty()
        ? pathway.pathwayId() + "/" + rendition.renditionId() + ".m3u8"
        : pathway.baseUrl() + playlist.path();
  }

  private static List<Rendition> ascending(PackageManifest media, MediaKind kind) {
    Comparator<Rendition> cheapestFirst = Comparator.comparingLong(Rendition::peakBitsPerSecond);
    return media.renditions().stream()
        .filter(rendition -> rendition.kind() == kind)
        .sorted(cheapestFirst)
        .toList();
  }

  /** No segment, rounded to whole seconds, is longer. */
  private static long targetDuration(Rendition rendition) {
    long longest = rendition.segments().stream().mapToLong(Segment::duration).max().orElse(0);
    return Math.max(1, Math.round((double) longest / rendition.timescale()));
  }

  private static BigDecimal seconds(long units, long timescale) {
    return BigDecimal.valueOf(units)
        .divide(BigDecimal.valueOf(timescale), DECIMALS, RoundingMode.HALF_UP);
  }
}
