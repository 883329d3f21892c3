package io.tributary.playback.manifest;

import io.tributary.contracts.api.Pathway;
import io.tributary.contracts.media.AudioFormat;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.contracts.media.VideoFormat;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A static MPD (ISO/IEC 23009-1) of a package: one {@code BaseURL} a pathway, best first, and every
 * segment's exact duration in a {@code SegmentTimeline}.
 *
 * <p>Pure.
 */
final class DashRenderer {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]+)(\\.[a-z0-9]+)");

  /** What a player should have before it starts: one segment of the pipeline's. */
  private static final String MIN_BUFFER = "PT4S";

  private DashRenderer() {}

  /**
   * The MPD.
   *
   * @param steeringUrl where players ask for the places' order while they play; null for nowhere
   */
  static String mpd(PackageManifest media, List<Pathway> pathways, @Nullable String steeringUrl) {
    StringBuilder out = new StringBuilder(8192);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" xmlns:dvb=\"urn:dvb:dash-extensions")
        .append(":2014-1\" profiles=\"urn:mpeg:dash:profile:isoff-live:2011\" type=\"static\"")
        .append(" mediaPresentationDuration=\"")
        .append(duration(media.durationMillis()))
        .append("\" minBufferTime=\"")
        .append(MIN_BUFFER)
        .append("\">\n");
    if (steeringUrl != null) {
      out.append("  <ContentSteering defaultServiceLocation=\"")
          .append(xml(pathways.getFirst().pathwayId()))
          .append("\" queryBeforeStart=\"false\">")
          .append(xml(steeringUrl))
          .append("</ContentSteering>\n");
    }
    int priority = 1;
    for (Pathway pathway : pathways) {
      out.append("  <BaseURL serviceLocation=\"")
          .append(xml(pathway.pathwayId()))
          .append("\" dvb:priority=\"")
          .append(priority++)
          .append("\">")
          .append(xml(pathway.baseUrl()))
          .append("</BaseURL>\n");
    }
    out.append("  <Period id=\"0\" start=\"PT0S\" duration=\"")
        .append(duration(media.durationMillis()))
        .append("\">\n");
    int id = 0;
    List<Rendition> videos = of(media, MediaKind.VIDEO);
    if (!videos.isEmpty()) {
      adaptationSet(out, id++, "video", "", videos);
    }
    // A player may switch only within one language, so each has a set of its own.
    Map<String, List<Rendition>> audios = new LinkedHashMap<>();
    for (Rendition audio : of(media, MediaKind.AUDIO)) {
      audios.merge(
          language(audio),
          List.of(audio),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    for (Map.Entry<String, List<Rendition>> audio : audios.entrySet()) {
      adaptationSet(out, id++, "audio", " lang=\"" + xml(audio.getKey()) + "\"", audio.getValue());
    }
    return out.append("  </Period>\n</MPD>\n").toString();
  }

  private static void adaptationSet(
      StringBuilder out, int id, String kind, String attributes, List<Rendition> renditions) {
    out.append("    <AdaptationSet id=\"")
        .append(id)
        .append("\" contentType=\"")
        .append(kind)
        .append("\" mimeType=\"")
        .append(kind)
        .append("/mp4\" segmentAlignment=\"true\" startWithSAP=\"1\"")
        .append(attributes)
        .append(">\n");
    renditions.forEach(rendition -> representation(out, rendition));
    out.append("    </AdaptationSet>\n");
  }

  private static void representation(StringBuilder out, Rendition rendition) {
    out.append("      <Representation id=\"")
        .append(xml(rendition.renditionId()))
        .append("\" codecs=\"")
        .append(xml(rendition.codecs()))
        .append("\" bandwidth=\"")
        .append(rendition.peakBitsPerSecond())
        .append('"');
    VideoFormat video = rendition.video();
    if (video != null) {
      out.append(" width=\"")
          .append(video.width())
          .append("\" height=\"")
          .append(video.height())
          .append("\" frameRate=\"")
          .append(video.frameRateNumerator());
      if (video.frameRateDenominator() != 1) {
        out.append('/').append(video.frameRateDenominator());
      }
      out.append("\" sar=\"1:1\"");
    }
    AudioFormat audio = rendition.audio();
    if (audio != null) {
      out.append(" audioSamplingRate=\"").append(audio.sampleRateHertz()).append('"');
    }
    out.append(">\n");
    if (audio != null) {
      out.append("        <AudioChannelConfiguration schemeIdUri=\"")
          .append("urn:mpeg:dash:23003:3:audio_channel_configuration:2011\" value=\"")
          .append(audio.channels())
          .append("\"/>\n");
    }
    segments(out, rendition);
    out.append("      </Representation>\n");
  }

  /** A template where the names count up, as our pipeline's do; otherwise every name. */
  private static void segments(StringBuilder out, Rendition rendition) {
    OptionalLong first = firstNumber(rendition.segments());
    String element = first.isPresent() ? "SegmentTemplate" : "SegmentList";
    out.append("        <").append(element).append(" timescale=\"").append(rendition.timescale());
    if (first.isPresent()) {
      Matcher name = NUMBERED.matcher(rendition.segments().getFirst().path());
      if (name.matches()) {
        out.append("\" startNumber=\"")
            .append(first.getAsLong())
            .append("\" initialization=\"")
            .append(xml(rendition.init().path()))
            .append("\" media=\"")
            .append(xml(name.group(1)))
            .append("$Number%0")
            .append(name.group(2).length())
            .append("d$")
            .append(xml(name.group(3)));
      }
      out.append("\">\n");
    } else {
      out.append("\">\n          <Initialization sourceURL=\"")
          .append(xml(rendition.init().path()))
          .append("\"/>\n");
    }
    timeline(out, rendition.segments());
    if (first.isEmpty()) {
      for (Segment segment : rendition.segments()) {
        out.append("          <SegmentURL media=\"").append(xml(segment.path())).append("\"/>\n");
      }
    }
    out.append("        </").append(element).append(">\n");
  }

  /** Equal neighbours share an {@code S}; only a gap or the start needs its {@code t}. */
  private static void timeline(StringBuilder out, List<Segment> segments) {
    out.append("          <SegmentTimeline>\n");
    long expected = -1;
    for (int i = 0; i < segments.size(); ) {
      Segment segment = segments.get(i);
      out.append("            <S");
      if (segment.start() != expected) {
        out.append(" t=\"").append(segment.start()).append('"');
      }
      out.append(" d=\"").append(segment.duration()).append('"');
      expected = segment.start() + segment.duration();
      int repeats = 0;
      for (i++;
          i < segments.size()
              && segments.get(i).duration() == segment.duration()
              && segments.get(i).start() == expected;
          i++) {
        repeats++;
        expected += segment.duration();
      }
      if (repeats > 0) {
        out.append(" r=\"").append(repeats).append('"');
      }
      out.append("/>\n");
    }
    out.append("          </SegmentTimeline>\n");
  }

  private static OptionalLong firstNumber(List<Segment> segments) {
    long first = -1;
    String prefix = "";
    String suffix = "";
    int digits = 0;
    for (int i = 0; i < segments.size(); i++) {
      Matcher name = NUMBERED.matcher(segments.get(i).path());
      if (!name.matches() || name.group(2).length() > 9) {
        return OptionalLong.empty();
      }
      long number = Long.parseLong(name.group(2));
      if (i == 0) {
        first = number;
        prefix = name.group(1);
        suffix = name.group(3);
        digits = name.group(2).length();
      } else if (number != first + i
          || !name.group(1).equals(prefix)
          || !name.group(3).equals(suffix)
          || name.group(2).length() != digits) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(first);
  }

  private static List<Rendition> of(PackageManifest media, MediaKind kind) {
    return media.renditions().stream().filter(rendition -> rendition.kind() == kind).toList();
  }

  private static String language(Rendition audio) {
    AudioFormat format = audio.audio();
    return format == null ? "und" : format.language();
  }

  private static String duration(long millis) {
    return "PT" + BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "S";
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
