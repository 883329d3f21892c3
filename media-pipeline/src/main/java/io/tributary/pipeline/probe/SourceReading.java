package io.tributary.pipeline.probe;

import io.tributary.pipeline.probe.ProbeResult.NotAVideo;
import io.tributary.pipeline.probe.ProbeResult.Video;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides what a source is from what ffprobe says of its header and of its packets.
 *
 * <p>A source is cut short if its packets end earlier than the container says the stream does, by
 * more than {@link #TOLERANCE_SECONDS} and {@link #TOLERANCE}. Pure.
 */
final class SourceReading {
  /** Containers round, and count an encoder's delay. */
  private static final double TOLERANCE_SECONDS = 0.75;

  private static final double TOLERANCE = 0.005;
  private static final int MIN_SIDE = 16;
  private static final int MAX_SIDE = 8192;
  private static final double MAX_SECONDS = 24 * 3600;
  private static final String NO_LANGUAGE = "und";

  private SourceReading() {}

  /** The picture: the first stream that is one, and not a cover or thumbnails. */
  static Optional<JsonNode> picture(JsonNode probe) {
    return stream(probe, "video");
  }

  /** The sound that the source marks as its main one, else the first. */
  static Optional<JsonNode> sound(JsonNode probe) {
    return stream(probe, "audio").filter(stream -> stream.path("channels").asInt(0) > 0);
  }

  private static Optional<JsonNode> stream(JsonNode probe, String type) {
    JsonNode first = null;
    for (JsonNode stream : probe.path("streams")) {
      JsonNode disposition = stream.path("disposition");
      boolean fits =
          stream.path("codec_type").asString("").equals(type)
              && !stream.path("codec_name").asString("unknown").equals("unknown")
              && disposition.path("attached_pic").asInt(0) == 0
              && disposition.path("timed_thumbnails").asInt(0) == 0
              && disposition.path("still_image").asInt(0) == 0;
      if (fits && disposition.path("default").asInt(0) == 1) {
        return Optional.of(stream);
      }
      if (fits && first == null) {
        first = stream;
      }
    }
    return Optional.ofNullable(first);
  }

  static ProbeResult read(JsonNode probe, PacketScan scan) {
    JsonNode picture = picture(probe).orElse(null);
    JsonNode sound = sound(probe).orElse(null);
    if (picture == null) {
      return new NotAVideo(
          sound == null
              ? "the file has neither picture nor sound that can be decoded"
              : "the file has sound and no picture; a title needs a picture");
    }
    int pictureIndex = picture.path("index").asInt();
    PacketScan.Track frames = scan.track(pictureIndex);
    if (frames.isEmpty()) {
      return new NotAVideo("the file's picture has no frame that can be read");
    }
    if (frames.packets() == 1) {
      return new NotAVideo("the file is a still picture; a title needs a moving one");
    }
    Optional<String> cut = cutShort(probe, picture, frames, sound, scan);
    if (cut.isPresent()) {
      return new NotAVideo(cut.get());
    }
    double rate = frames.averageRate();
    if (rate <= 0 || !(frames.shownSeconds() > 0)) {
      return new NotAVideo("the file's frames have no times");
    }
    if (frames.shownSeconds() > MAX_SECONDS) {
      return new NotAVideo(
          "the file lasts %s (expected: at most 24 h)".formatted(seconds(frames.shownSeconds())));
    }
    double aspect = aspectOfPixels(picture);
    int width = (int) Math.round(picture.path("width").asInt(0) * aspect);
    int height = picture.path("height").asInt(0);
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      return new NotAVideo(
          "the picture is %d × %d (expected: %d to %d pixels a side)"
              .formatted(width, height, MIN_SIDE, MAX_SIDE));
    }
    boolean isTurned = Math.floorMod(Math.round(rotation(picture) / 90.0), 2) == 1;
    return new Video(
        pictureIndex,
        isTurned ? height : width,
        isTurned ? width : height,
        FrameRate.constantFor(rate, frames.isConstant()),
        // The last frame is shown as long as the others, whatever the container says of it.
        Math.max(frames.shownSeconds(), 1 / rate),
        range(picture),
        picture.path("field_order").asString("progressive").matches("tt|bb|tb|bt"),
        sound == null || scan.track(sound.path("index").asInt()).isEmpty()
            ? null
            : new Sound(
                sound.path("index").asInt(), sound.path("channels").asInt(), language(sound)));
  }

  private static Optional<String> cutShort(
      JsonNode probe,
      JsonNode picture,
      PacketScan.Track frames,
      @Nullable JsonNode sound,
      PacketScan scan) {
    OptionalDouble whole = duration(probe.path("format"));
    OptionalDouble own = ownDuration(picture);
    double end;
    double claimed;
    if (own.isPresent()) {
      claimed = whole.isPresent() ? Math.min(own.getAsDouble(), whole.getAsDouble()) : 0;
      claimed = claimed == 0 ? own.getAsDouble() : claimed;
      end = frames.spanSeconds();
    } else if (whole.isPresent()) {
      // The container's longest stream need not be the picture.
      claimed = whole.getAsDouble();
      double start = number(probe.path("format").path("start_time")).orElse(0);
      double soundEnd =
          sound == null ? 0 : scan.track(sound.path("index").asInt()).endSeconds() - start;
      end = Math.max(frames.endSeconds() - start, soundEnd);
    } else {
      return Optional.empty();
    }
    boolean isCut = claimed - end > Math.max(TOLERANCE_SECONDS, claimed * TOLERANCE);
    return isCut
        ? Optional.of("the video breaks off at %s of %s".formatted(seconds(end), seconds(claimed)))
        : Optional.empty();
  }

  private static OptionalDouble ownDuration(JsonNode stream) {
    OptionalDouble direct = duration(stream);
    if (direct.isPresent()) {
      return direct;
    }
    // Matroska tells it as a tag, 00:01:00.000000000.
    for (var tag : stream.path("tags").properties()) {
      String[] parts = tag.getValue().asString("").split(":", -1);
      if (tag.getKey().toUpperCase(Locale.ROOT).startsWith("DURATION") && parts.length == 3) {
        try {
          return OptionalDouble.of(
              Double.parseDouble(parts[0]) * 3600
                  + Double.parseDouble(parts[1]) * 60
                  + Double.parseDouble(parts[2]));
        } catch (NumberFormatException _) {
          return OptionalDouble.empty();
        }
      }
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble duration(JsonNode node) {
    OptionalDouble seconds = number(node.path("duration"));
    return seconds.isPresent() && seconds.getAsDouble() > 0 ? seconds : OptionalDouble.empty();
  }

  private static OptionalDouble number(JsonNode node) {
    try {
      return OptionalDouble.of(Double.parseDouble(node.asString("")));
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  private static double aspectOfPixels(JsonNode picture) {
    String[] parts = picture.path("sample_aspect_ratio").asString("1:1").split(":", -1);
    try {
      double aspect = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
      // Beyond that it is a mistake of the file, not a lens.
      return aspect >= 0.1 && aspect <= 10 ? aspect : 1;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
      return 1;
    }
  }

  private static double rotation(JsonNode picture) {
    for (JsonNode side : picture.path("side_data_list")) {
      if (side.has("rotation")) {
        return side.path("rotation").asDouble(0);
      }
    }
    return 0;
  }

  private static DynamicRange range(JsonNode picture) {
    return switch (picture.path("color_transfer").asString("")) {
      case "smpte2084" -> DynamicRange.PQ;
      case "arib-std-b67" -> DynamicRange.HLG;
      default -> DynamicRange.STANDARD;
    };
  }

  private static String language(JsonNode sound) {
    String tag = sound.path("tags").path("language").asString(NO_LANGUAGE).toLowerCase(Locale.ROOT);
    if (!tag.matches("[a-z]{2,3}")) {
      return NO_LANGUAGE;
    }
    // Containers write ISO 639-2, three letters; BCP 47 wants the shortest.
    for (String language : Locale.getISOLanguages()) {
      try {
        if (Locale.of(language).getISO3Language().equals(tag)) {
          return language;
        }
      } catch (MissingResourceException _) {
        // One without three letters cannot be meant.
      }
    }
    return tag;
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
