package io.tributary.pipeline.packaging;

import io.tributary.contracts.media.AudioFormat;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.contracts.media.VideoFormat;
import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.ladder.Ladder;
import io.tributary.pipeline.ladder.Rung;
import io.tributary.pipeline.packaging.FragmentedTrack.Fragment;
import io.tributary.pipeline.packaging.PackagingResult.NotDecodable;
import io.tributary.pipeline.packaging.PackagingResult.Packaged;
import io.tributary.pipeline.probe.ProbeResult.Video;
import io.tributary.pipeline.probe.Sound;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a package's files of a source: one ffmpeg run for all renditions, each then cut at its
 * fragments into {@code <renditionId>/init.mp4} and {@code <renditionId>/00001.m4s} and so on, with
 * a playlist of them beside. What the manifest says is read from the boxes of these very files.
 *
 * <p>Safe for use by many threads, each with its own directory.
 */
public final class Packager {
  private static final String PROGRESS_TIME = "out_time_us=";
  private static final int COPY_BYTES = 64 * 1024;

  /** What may be lost of a source's length without calling it broken: its last broken frames. */
  private static final double TOLERANCE_SECONDS = 1.0;

  private static final double TOLERANCE = 0.02;

  private final Ffmpeg ffmpeg;
  private final ToolRuns runs;
  private final PackagingConfig config;

  /** Packages with this ffmpeg. */
  public Packager(Ffmpeg ffmpeg, ToolRuns runs, PackagingConfig config) {
    this.ffmpeg = ffmpeg;
    this.runs = runs;
    this.config = config;
  }

  /**
   * Makes a package.
   *
   * @param source the file
   * @param video what a probe said of it
   * @param ref the package's name
   * @param directory empty; filled with the package's files, without its manifest
   * @param onStart gets ffmpeg's process
   * @param progress gets how far it is, 0 to 1
   * @throws IOException if it failed for a reason that is not the source's
   */
  public PackagingResult makePackage(
      Path source,
      Video video,
      PackageRef ref,
      Path directory,
      Consumer<ProcessHandle> onStart,
      DoubleConsumer progress)
      throws IOException, InterruptedException {
    List<Rung> rungs = Ladder.of(video);
    ToolRuns.Outcome outcome =
        runs.run(
            ffmpeg.ffmpeg(),
            EncodeCommand.arguments(video, rungs, source, directory, config.segmentSeconds()),
            directory,
            config.boundOf(video.durationSeconds()),
            onStart,
            line -> report(line, video.durationSeconds(), progress));
    if (outcome.timedOut()) {
      throw new IOException("encoding took longer than " + config.boundOf(video.durationSeconds()));
    }
    if (!outcome.succeeded() && !isOfTheSource(outcome)) {
      throw new IOException(
          "ffmpeg ended with status " + outcome.exitStatus() + ": " + outcome.messages().strip());
    }
    List<FragmentedTrack> pictures = new ArrayList<>();
    for (Rung rung : rungs) {
      Path file = EncodeCommand.file(directory, rung.renditionId());
      if (!Files.exists(file) || Files.size(file) == 0) {
        return new NotDecodable("no frame of the picture can be decoded");
      }
      pictures.add(FragmentedTrack.read(file));
    }
    String fault = fault(pictures.getFirst(), video);
    if (fault != null) {
      return new NotDecodable(fault);
    }
    if (!outcome.succeeded()) {
      throw new IOException(
          "ffmpeg ended with status " + outcome.exitStatus() + ": " + outcome.messages().strip());
    }
    checkTogether(pictures);
    List<Rendition> renditions = new ArrayList<>();
    for (int i = 0; i < rungs.size(); i++) {
      Rung rung = rungs.get(i);
      renditions.add(
          cut(
              directory,
              rung.renditionId(),
              pictures.get(i),
              new VideoFormat(
                  rung.width(),
                  rung.height(),
                  video.frameRate().numerator(),
                  video.frameRate().denominator()),
              null));
    }
    Sound sound = video.sound();
    if (sound != null) {
      FragmentedTrack track =
          FragmentedTrack.read(EncodeCommand.file(directory, EncodeCommand.AUDIO_RENDITION));
      if (!track.fragments().isEmpty()) {
        renditions.add(
            cut(
                directory,
                EncodeCommand.AUDIO_RENDITION,
                track,
                null,
                new AudioFormat(track.channels(), track.sampleRateHertz(), sound.language())));
      }
    }
    long durationMillis = 0;
    for (Rendition rendition : renditions) {
      durationMillis =
          Math.max(durationMillis, Math.round(1000.0 * length(rendition) / rendition.timescale()));
    }
    return new Packaged(
        new PackageManifest(1, ref.titleId(), ref.packageVersion(), durationMillis, renditions));
  }

  private static void report(String line, double durationSeconds, DoubleConsumer progress) {
    if (line.startsWith(PROGRESS_TIME)) {
      try {
        double seconds = Long.parseLong(line.substring(PROGRESS_TIME.length()).strip()) / 1e6;
        progress.accept(Math.clamp(seconds / durationSeconds, 0.0, 1.0));
      } catch (NumberFormatException _) {
        // N/A before the first frame.
      }
    }
  }

  /** Whether ffmpeg may have failed because of what it read, not because of the machine. */
  private static boolean isOfTheSource(ToolRuns.Outcome outcome) {
    String messages = outcome.messages().toLowerCase(Locale.ROOT);
    boolean isOfTheMachine =
        messages.contains("no space left")
            || messages.contains("cannot allocate memory")
            || messages.contains("read-only file system");
    // Above 128 it was ended by a signal.
    return !isOfTheMachine && outcome.exitStatus() <= 128;
  }

  private static @Nullable String fault(FragmentedTrack picture, Video video) {
    if (picture.fragments().isEmpty()) {
      return "no frame of the picture can be decoded";
    }
    Fragment last = picture.fragments().getLast();
    double decoded = (double) (last.start() + last.duration()) / picture.timescale();
    double missing = video.durationSeconds() - decoded;
    return missing > Math.max(TOLERANCE_SECONDS, video.durationSeconds() * TOLERANCE)
        ? String.format(
            Locale.ROOT,
            "the video breaks off at %.1f s of %.1f s: the rest cannot be decoded",
            decoded,
            video.durationSeconds())
        : null;
  }

  /** What players rely on: at each segment's end they may change the rendition. */
  private static void checkTogether(List<FragmentedTrack> pictures) throws IOException {
    List<Fragment> reference = pictures.getFirst().fragments();
    for (FragmentedTrack picture : pictures) {
      List<Fragment> fragments = picture.fragments();
      long expected = 0;
      for (int i = 0; i < fragments.size(); i++) {
        Fragment fragment = fragments.get(i);
        boolean isTogether =
            fragments.size() == reference.size()
                && fragment.start() == expected
                && fragment.duration() == reference.get(i).duration()
                && fragment.startsDecodable();
        if (!isTogether) {
          throw new MalformedMediaException(
              "segment %d of the rendition of %d lines does not fit the others: %s"
                  .formatted(i + 1, picture.height(), fragment));
        }
        expected += fragment.duration();
      }
    }
  }

  private static Rendition cut(
      Path directory,
      String renditionId,
      FragmentedTrack track,
      @Nullable VideoFormat video,
      @Nullable AudioFormat audio)
      throws IOException {
    Path whole = EncodeCommand.file(directory, renditionId);
    Files.createDirectories(directory.resolve(renditionId));
    List<Segment> segments = new ArrayList<>();
    PackageFile init;
    long bytes = 0;
    long duration = 0;
    double peak = 0;
    try (FileChannel in = FileChannel.open(whole)) {
      init = copy(in, 0, track.initBytes(), directory, renditionId + "/init.mp4");
      for (Fragment fragment : track.fragments()) {
        String path = String.format("%s/%05d.m4s", renditionId, segments.size() + 1);
        PackageFile file = copy(in, fragment.offset(), fragment.bytes(), directory, path);
        segments.add(
            new Segment(path, fragment.start(), fragment.duration(), file.bytes(), file.sha256()));
        bytes += file.bytes();
        duration += fragment.duration();
        peak = Math.max(peak, rate(file.bytes(), fragment.duration(), track.timescale()));
      }
    }
    Files.delete(whole);
    PackageFile playlist =
        write(
            MediaPlaylist.of(track.timescale(), init, segments),
            directory,
            renditionId + "/" + MediaPlaylist.FILE_NAME);
    return new Rendition(
        renditionId,
        track.kind(),
        track.codecs(),
        track.timescale(),
        (long) Math.ceil(peak),
        Math.round(rate(bytes, duration, track.timescale())),
        video,
        audio,
        init,
        segments,
        playlist);
  }

  private static PackageFile write(String text, Path directory, String path) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve(path), bytes, StandardOpenOption.CREATE_NEW);
    return new PackageFile(path, bytes.length, HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  private static double rate(long bytes, long duration, long timescale) {
    return duration == 0 ? 0 : 8.0 * bytes * timescale / duration;
  }

  private static long length(Rendition rendition) {
    Segment last = rendition.segments().getLast();
    return last.start() + last.duration();
  }

  private static PackageFile copy(
      FileChannel in, long offset, long bytes, Path directory, String path) throws IOException {
    MessageDigest sha256 = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
    try (FileChannel out =
        FileChannel.open(
            directory.resolve(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = offset; at < offset + bytes; ) {
        buffer.clear().limit((int) Math.min(COPY_BYTES, offset + bytes - at));
        int n = in.read(buffer, at);
        if (n < 0) {
          throw new EOFException(path + " breaks off");
        }
        at += n;
        buffer.flip();
        sha256.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    }
    return new PackageFile(path, bytes, HexFormat.of().formatHex(sha256.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
