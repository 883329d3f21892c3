package io.tributary.pipeline.probe;

import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.probe.ProbeResult.NotAVideo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds out what an uploaded file is: reads its header and then every packet once, without decoding
 * any, so that a file cut short is known before hours are spent on it. Safe for use by many
 * threads.
 */
public final class SourceProbe {
  /**
   * What every run on a stranger's file is limited to: files, and containers that hold media
   * themselves. A playlist could name other files or servers.
   */
  public static final List<String> INPUT_LIMITS =
      List.of(
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,mxf,flv,asf,ogg,gif,apng,"
              + "h264,hevc,av1,obu,ivf,m4v,vc1,wtv,rm,nut,dv,mjpeg,yuv4mpegpipe,gxf,nsv,"
              + "mp3,aac,wav,flac,w64,aiff,ac3,eac3,png_pipe,jpeg_pipe,webp_pipe,image2");

  private static final Duration HEADER_BOUND = Duration.ofMinutes(2);

  /** Reading 64 GiB from a slow disk. */
  private static final Duration SCAN_BOUND = Duration.ofHours(2);

  /** A header's description beyond it is not a film's. */
  private static final int MAX_JSON_CHARACTERS = 4 * 1024 * 1024;

  private static final int TEXT_SAMPLE_BYTES = 4096;

  private final Ffmpeg ffmpeg;
  private final ToolRuns runs;
  private final JsonMapper json = JsonMapper.builder().build();

  /** Probes with these programs. */
  public SourceProbe(Ffmpeg ffmpeg, ToolRuns runs) {
    this.ffmpeg = ffmpeg;
    this.runs = runs;
  }

  /**
   * What the file is.
   *
   * @throws IOException if the file cannot be read, or ffprobe not be run or was killed; that says
   *     nothing of what it is
   */
  public ProbeResult probe(Path file) throws IOException, InterruptedException {
    if (Files.size(file) == 0) {
      return new NotAVideo("the file is empty");
    }
    StringBuilder text = new StringBuilder();
    ToolRuns.Outcome header =
        run(
            HEADER_BOUND,
            file,
            List.of("-show_format", "-show_streams", "-of", "json"),
            line -> {
              if (text.length() + line.length() < MAX_JSON_CHARACTERS) {
                text.append(line).append('\n');
              }
            });
    if (!header.succeeded()) {
      return new NotAVideo(unreadable(file, header));
    }
    JsonNode probe;
    try {
      probe = json.readTree(text.toString());
    } catch (JacksonException e) {
      throw new IOException("ffprobe's answer cannot be read", e);
    }
    if (SourceReading.picture(probe).isEmpty()) {
      return SourceReading.read(probe, new PacketScan());
    }
    PacketScan scan = new PacketScan();
    ToolRuns.Outcome packets =
        run(
            SCAN_BOUND,
            file,
            List.of("-show_entries", PacketScan.ENTRIES, "-of", "csv=p=0"),
            scan::line);
    if (packets.timedOut()) {
      throw new IOException("reading the source took longer than " + SCAN_BOUND);
    }
    return SourceReading.read(probe, scan);
  }

  private ToolRuns.Outcome run(
      Duration bound, Path file, List<String> what, java.util.function.Consumer<String> onLine)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(INPUT_LIMITS);
    arguments.addAll(what);
    arguments.addAll(List.of("-i", "file:" + file.toAbsolutePath()));
    Path directory = file.toAbsolutePath().getParent();
    ToolRuns.Outcome outcome =
        runs.run(
            ffmpeg.ffprobe(),
            arguments,
            directory == null ? Path.of("/") : directory,
            bound,
            _ -> {},
            onLine);
    if (outcome.wasKilled()) {
      throw new IOException("ffprobe was killed: status " + outcome.exitStatus());
    }
    return outcome;
  }

  private static String unreadable(Path file, ToolRuns.Outcome header) throws IOException {
    if (isText(file)) {
      return "the file is text, not a media file";
    }
    String messages = header.messages().toLowerCase(Locale.ROOT);
    if (messages.contains("moov atom not found")) {
      return "the file breaks off before its index (the moov box is missing)";
    }
    if (header.timedOut()) {
      return "the file's header could not be read in " + HEADER_BOUND.toSeconds() + " s";
    }
    return "the file is not a media file that can be read (or breaks off in its header)";
  }

  private static boolean isText(Path file) throws IOException {
    byte[] sample;
    try (InputStream in = Files.newInputStream(file)) {
      sample = in.readNBytes(TEXT_SAMPLE_BYTES);
    }
    for (byte b : sample) {
      boolean isControl = b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f';
      if (isControl || b == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
