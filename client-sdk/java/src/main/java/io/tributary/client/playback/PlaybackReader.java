package io.tributary.client.playback;

import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.error.PlayException;
import io.tributary.client.json.JsonException;
import io.tributary.client.json.JsonObject;
import io.tributary.client.json.JsonReader;
import io.tributary.client.media.MediaFile;
import io.tributary.client.media.MediaKind;
import io.tributary.client.media.MediaPackage;
import io.tributary.client.media.Rendition;
import io.tributary.client.media.Segment;
import io.tributary.client.nodes.PlayNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates the API's answers. Unknown fields are ignored; whatever this SDK acts on is checked,
 * because an answer may be broken or hostile.
 *
 * <p>Stateless. Every method throws {@link PlayException} with {@link ErrorCode#BAD_ANSWER} for an
 * answer that is not what the API promises.
 */
final class PlaybackReader {
  // Safe as one segment of a path.
  private static final Pattern PLAYBACK_ID = Pattern.compile("[A-Za-z0-9._~=-]{1,1024}");

  // Larger values would overflow a long when turned into microseconds; 2^42 at 90 kHz are 565 days.
  private static final long MAX_TIME = 1L << 42;
  private static final long MAX_TIMESCALE = 1L << 32;

  private PlaybackReader() {}

  static Playback playback(byte[] body) {
    JsonObject json = read(body);
    try {
      return new Playback(
          playbackId(json),
          json.text("titleId"),
          json.text("title"),
          playManifestUri(json),
          json.count("renewAfterSeconds"),
          json.countOr("resumePositionMillis", 0));
    } catch (JsonException wrong) {
      throw badAnswer(wrong);
    }
  }

  static Renewal renewal(byte[] body) {
    JsonObject json = read(body);
    try {
      return new Renewal(playManifestUri(json), json.count("renewAfterSeconds"));
    } catch (JsonException wrong) {
      throw badAnswer(wrong);
    }
  }

  static PlayManifest playManifest(byte[] body) {
    JsonObject json = read(body);
    try {
      List<PlayNode> nodes = new ArrayList<>();
      for (JsonObject pathway : json.objects("pathways")) {
        nodes.add(
            new PlayNode(
                pathway.text("nodeId"),
                pathway.text("pathwayId"),
                webUri("baseUrl", pathway.text("baseUrl"), true)));
      }
      if (nodes.isEmpty()) {
        throw badAnswer("pathways is empty (expected: at least one)", null);
      }
      return new PlayManifest(playbackId(json), nodes, media(json.object("media")));
    } catch (JsonException wrong) {
      throw badAnswer(wrong);
    }
  }

  static TitlePage titles(byte[] body) {
    JsonObject json = read(body);
    try {
      List<Title> titles = new ArrayList<>();
      for (JsonObject title : json.optionalObjects("titles")) {
        titles.add(
            new Title(
                title.text("id"),
                title.text("name"),
                title.countOr("durationMillis", 0),
                title.truthOr("playable", false)));
      }
      return new TitlePage(titles, json.optionalText("nextCursor"));
    } catch (JsonException wrong) {
      throw badAnswer(wrong);
    }
  }

  private static MediaPackage media(JsonObject json) {
    List<Rendition> renditions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonObject rendition : json.objects("renditions")) {
      MediaKind kind = kind(rendition.text("kind"));
      if (kind == null) {
        // A kind of a later version, e.g. subtitles: nothing that this version plays.
        continue;
      }
      String id = rendition.text("renditionId");
      if (!ids.add(id)) {
        throw badAnswer("renditionId " + id + " comes twice (expected: once)", null);
      }
      renditions.add(rendition(id, kind, rendition));
    }
    return new MediaPackage(
        json.text("titleId"),
        json.text("packageVersion"),
        json.count("durationMillis"),
        renditions);
  }

  private static Rendition rendition(String id, MediaKind kind, JsonObject json) {
    long timescale = json.count("timescale");
    if (timescale < 1 || timescale > MAX_TIMESCALE) {
      throw badAnswer("timescale is " + timescale + " (expected: 1 to 2^32)", null);
    }
    List<Segment> segments = new ArrayList<>();
    for (JsonObject segment : json.objects("segments")) {
      long start = micros(segment.count("start"), timescale);
      long end = micros(segment.count("start") + segment.count("duration"), timescale);
      segments.add(new Segment(file(segment), start, end - start));
    }
    JsonObject video = json.optionalObject("video");
    return new Rendition(
        id,
        kind,
        json.text("codecs"),
        json.count("averageBitsPerSecond"),
        video == null ? 0 : (int) Math.min(video.count("width"), 1 << 20),
        video == null ? 0 : (int) Math.min(video.count("height"), 1 << 20),
        file(json.object("init")),
        segments);
  }

  private static MediaFile file(JsonObject json) {
    return new MediaFile(json.text("path"), json.count("bytes"), json.text("sha256"));
  }

  private static @Nullable MediaKind kind(String word) {
    return switch (word) {
      case "video" -> MediaKind.VIDEO;
      case "audio" -> MediaKind.AUDIO;
      default -> null;
    };
  }

  private static long micros(long units, long timescale) {
    if (units > MAX_TIME) {
      throw badAnswer("a segment's time is " + units + " (expected: at most 2^42)", null);
    }
    return units / timescale * 1_000_000 + units % timescale * 1_000_000 / timescale;
  }

  private static String playbackId(JsonObject json) {
    String id = json.text("playbackId");
    if (!PLAYBACK_ID.matcher(id).matches()) {
      throw badAnswer("playbackId is not one path segment (expected: " + PLAYBACK_ID + ")", null);
    }
    return id;
  }

  private static URI playManifestUri(JsonObject json) {
    return webUri("manifests.play", json.object("manifests").text("play"), false);
  }

  /** A URL that a transport may be given: a manifest must not make this SDK read a local file. */
  private static URI webUri(String name, String text, boolean folder) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean web = "http".equals(scheme) || "https".equals(scheme);
      if (web && uri.getHost() != null && (!folder || uri.getRawPath().endsWith("/"))) {
        return uri;
      }
      throw badAnswer(
          name
              + "'s scheme is "
              + scheme
              + " (expected: an absolute http or https URL"
              + (folder ? " that ends in a slash)" : ")"),
          null);
    } catch (URISyntaxException malformed) {
      // Its message quotes the URL, and with it a token.
      throw badAnswer(name + " is not a URL (" + malformed.getReason() + ")", null);
    }
  }

  private static JsonObject read(byte[] body) {
    try {
      return JsonReader.readObject(body);
    } catch (JsonException malformed) {
      throw badAnswer(malformed);
    }
  }

  private static PlayException badAnswer(JsonException cause) {
    return badAnswer(String.valueOf(cause.getMessage()), cause);
  }

  private static PlayException badAnswer(String message, @Nullable Throwable cause) {
    return new PlayException(PlayError.of(ErrorCode.BAD_ANSWER, message), cause);
  }
}
