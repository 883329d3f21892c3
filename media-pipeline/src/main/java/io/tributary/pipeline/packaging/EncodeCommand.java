package io.tributary.pipeline.packaging;

import io.tributary.pipeline.ladder.Rung;
import io.tributary.pipeline.probe.DynamicRange;
import io.tributary.pipeline.probe.FrameRate;
import io.tributary.pipeline.probe.ProbeResult.Video;
import io.tributary.pipeline.probe.Sound;
import io.tributary.pipeline.probe.SourceProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one ffmpeg run that decodes a source once and encodes every rendition of it, each into a
 * fragmented MP4 file of its own, {@code <renditionId>.mp4}.
 *
 * <ul>
 *   <li>Frames are set to one constant rate before the picture is split, so every rendition has the
 *       same frames at the same times; a key frame is forced at every n-th frame and nowhere else,
 *       so every segment of every rendition has n frames.
 *   <li>Rotation and edit lists are applied by ffmpeg as it reads; the picture's first frame is put
 *       at 0, the sound padded or cut to begin and end with it.
 *   <li>No edit list is written: negative composition offsets let the picture begin at 0, and of
 *       the sound as much is left out as the encoder puts before it.
 *   <li>Threads are counted, not taken from the machine, so that the same source gives the same
 *       bytes whoever encodes it: two workers that publish one package do each other no harm.
 * </ul>
 *
 * <p>Pure.
 */
final class EncodeCommand {
  /** Of the AAC encoder, in samples: it delays the sound by one frame. */
  private static final int PRIMING_SAMPLES = 1024;

  static final int SAMPLE_RATE_HERTZ = 48_000;
  static final String AUDIO_RENDITION = "a0";
  private static final String STEREO_RATE = "128k";
  private static final String QUALITY = "22";
  private static final String MUXING =
      "+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer+frag_keyframe";
  private static final String SOUND_MUXING = "+empty_moov+default_base_moof+skip_trailer";

  private EncodeCommand() {}

  /** Frames of every segment but the last: the fewest that last the wanted seconds. */
  static int framesPerSegment(FrameRate rate, int segmentSeconds) {
    long frames = (long) segmentSeconds * rate.numerator();
    return (int) ((frames + rate.denominator() - 1) / rate.denominator());
  }

  /** Units a second in which a frame's duration is a whole number: 24000 for 24000/1001. */
  static long timescale(FrameRate rate) {
    return rate.numerator() >= 10_000 ? rate.numerator() : rate.numerator() * 1000L;
  }

  static List<String> arguments(
      Video video, List<Rung> rungs, Path source, Path directory, int segmentSeconds) {
    List<String> arguments =
        new ArrayList<>(List.of("-hide_banner", "-nostdin", "-y", "-v", "error"));
    arguments.addAll(List.of("-progress", "pipe:1", "-stats_period", "1"));
    arguments.addAll(SourceProbe.INPUT_LIMITS);
    arguments.addAll(List.of("-i", "file:" + source.toAbsolutePath()));
    arguments.addAll(List.of("-filter_complex", filters(video, rungs)));
    int frames = framesPerSegment(video.frameRate(), segmentSeconds);
    for (Rung rung : rungs) {
      arguments.addAll(List.of("-map", "[" + rung.renditionId() + "]"));
      arguments.addAll(List.of("-fps_mode", "passthrough", "-c:v", "libx264"));
      arguments.addAll(List.of("-preset", "veryfast", "-profile:v", "high", "-threads", "4"));
      arguments.addAll(List.of("-pix_fmt", "yuv420p", "-crf", QUALITY));
      arguments.addAll(List.of("-maxrate", Long.toString(rung.maxBitsPerSecond())));
      arguments.addAll(List.of("-bufsize", Long.toString(rung.maxBitsPerSecond() * 2)));
      arguments.addAll(List.of("-g", "100000", "-sc_threshold", "0", "-flags", "+cgop"));
      arguments.addAll(List.of("-force_key_frames", "expr:eq(mod(n," + frames + "),0)"));
      arguments.addAll(
          List.of("-video_track_timescale", Long.toString(timescale(video.frameRate()))));
      arguments.addAll(output(MUXING, directory, rung.renditionId()));
    }
    if (video.sound() != null) {
      arguments.addAll(List.of("-map", "[" + AUDIO_RENDITION + "]", "-c:a", "aac"));
      arguments.addAll(List.of("-b:a", STEREO_RATE));
      arguments.addAll(List.of("-frag_duration", Long.toString(segmentSeconds * 1_000_000L)));
      arguments.addAll(output(SOUND_MUXING, directory, AUDIO_RENDITION));
    }
    return arguments;
  }

  private static List<String> output(String muxing, Path directory, String renditionId) {
    return List.of(
        "-map_metadata",
        "-1",
        "-map_chapters",
        "-1",
        "-fflags",
        "+bitexact",
        "-use_editlist",
        "0",
        "-movflags",
        muxing,
        "-f",
        "mp4",
        "file:" + file(directory, renditionId).toAbsolutePath());
  }

  static Path file(Path directory, String renditionId) {
    return directory.resolve(renditionId + ".mp4");
  }

  private static String filters(Video video, List<Rung> rungs) {
    StringBuilder graph = new StringBuilder("[0:").append(video.streamIndex()).append("]");
    if (video.interlaced()) {
      graph.append("bwdif=mode=send_frame:deint=interlaced,");
    }
    graph.append("fps=fps=").append(video.frameRate()).append(":start_time=0:round=near");
    if (video.range() != DynamicRange.STANDARD) {
      graph.append(',').append(toneMapping(video.range(), rungs.getFirst()));
    }
    graph.append(",split=").append(rungs.size());
    for (Rung rung : rungs) {
      graph.append("[in-").append(rung.renditionId()).append(']');
    }
    for (Rung rung : rungs) {
      graph.append(
          ";[in-%s]scale=%d:%d:flags=bicubic:out_range=tv,setsar=1,format=yuv420p[%s]"
              .formatted(rung.renditionId(), rung.width(), rung.height(), rung.renditionId()));
    }
    Sound sound = video.sound();
    if (sound != null) {
      graph.append(
          String.format(
              Locale.ROOT,
              ";[0:%d]aresample=%d:async=1:first_pts=0,aformat=channel_layouts=stereo,"
                  + "apad=whole_dur=%.6f,atrim=start_sample=%d:end=%.6f,asetpts=PTS-STARTPTS[%s]",
              sound.streamIndex(),
              SAMPLE_RATE_HERTZ,
              video.durationSeconds(),
              PRIMING_SAMPLES,
              video.durationSeconds(),
              AUDIO_RENDITION));
    }
    return graph.toString();
  }

  /**
   * From HDR to what every screen shows. At the largest rendition's size already: each pixel is
   * computed in floating point.
   */
  private static String toneMapping(DynamicRange range, Rung largest) {
    return ("scale=%d:%d:flags=bicubic,"
            + "zscale=tin=%s:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100,format=gbrpf32le,"
            + "zscale=p=bt709,tonemap=tonemap=hable:desat=0,"
            + "zscale=t=bt709:m=bt709:r=tv,format=yuv420p")
        .formatted(
            largest.width(),
            largest.height(),
            range == DynamicRange.PQ ? "smpte2084" : "arib-std-b67");
  }
}
