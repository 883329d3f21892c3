package io.tributary.pipeline.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.media.AudioFormat;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.contracts.media.VideoFormat;
import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.FfmpegInstallation;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.packaging.PackagingResult.NotDecodable;
import io.tributary.pipeline.packaging.PackagingResult.Packaged;
import io.tributary.pipeline.probe.DynamicRange;
import io.tributary.pipeline.probe.ProbeResult;
import io.tributary.pipeline.probe.ProbeResult.NotAVideo;
import io.tributary.pipeline.probe.ProbeResult.Video;
import io.tributary.pipeline.probe.SourceProbe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files of every kind that people upload, through the real ffmpeg. */
class PackagerIT {
  private static final PackageRef REF = new PackageRef("a-title", "p0");
  private static final ToolRuns RUNS = new ToolRuns();
  private static Ffmpeg ffmpeg;
  private static SourceProbe probe;
  private static Packager packager;

  @TempDir Path directory;

  @BeforeAll
  static void install() throws IOException {
    ffmpeg = FfmpegInstallation.into(Path.of("target", "ffmpeg"));
    probe = new SourceProbe(ffmpeg, RUNS);
    packager = new Packager(ffmpeg, RUNS, PackagingConfig.DEFAULTS);
  }

  @AfterAll
  static void stop() {
    RUNS.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"24000/1001", "25", "30000/1001", "50"})
  void everyFrameRateIsKeptAndSegmentsEndTogether(String rate) throws Exception {
    Path source = make("-f lavfi -i testsrc2=s=640x360:r=" + rate + ":d=9 " + SINE + " " + X264);

    PackageManifest manifest = packaged(source);

    Rendition best = manifest.renditions().getFirst();
    assertThat(picture(best).frameRateNumerator() + "/" + picture(best).frameRateDenominator())
        .isEqualTo(rate.contains("/") ? rate : rate + "/1");
    assertThat(manifest.renditions())
        .extracting(Rendition::renditionId)
        .containsExactly("v360", "v240", "a0");
    assertThat(seconds(best, best.segments().getFirst())).isBetween(4.0, 4.005);
    assertThat(manifest.durationMillis()).isBetween(8_950L, 9_080L);
  }

  @Nested
  class Sounds {
    @Test
    void silenceGivesAPictureAlone() throws Exception {
      PackageManifest manifest = packaged(make("-f lavfi -i testsrc2=s=320x180:d=3 " + X264));

      assertThat(manifest.renditions()).extracting(Rendition::renditionId).containsExactly("v180");
    }

    @Test
    void surroundAndALaterStartBecomeStereoFromTheBeginning() throws Exception {
      Path source =
          make(
              "-f lavfi -i testsrc2=s=320x180:d=6 -itsoffset 1.5 -f lavfi -i sine=d=3 -ac 6"
                  + " -metadata:s:a:0 language=deu -c:v libx264 -preset ultrafast");

      Rendition sound = packaged(source).renditions().getLast();

      assertThat(sound.codecs()).isEqualTo("mp4a.40.2");
      assertThat(sound(sound).channels()).isEqualTo(2);
      assertThat(sound(sound).language()).isEqualTo("de");
      assertThat(sound.segments().getFirst().start()).isZero();
      assertThat(end(sound)).isBetween(5.95, 6.1);
    }
  }

  @Nested
  class Pictures {
    @Test
    void aTurnedPhoneVideoStandsUpright() throws Exception {
      Path flat = make("-f lavfi -i testsrc2=s=640x360:d=2 " + X264);
      Path turned = directory.resolve("turned.mp4");
      ffmpeg("-display_rotation 90 -i " + flat + " -c copy " + turned);

      Rendition best = packaged(turned).renditions().getFirst();

      assertThat(picture(best).width()).isEqualTo(360);
      assertThat(picture(best).height()).isEqualTo(640);
    }

    @Test
    void oddSizesAndWidePixelsAreShownAsMeant() throws Exception {
      Path source =
          make(
              "-f lavfi -i testsrc2=s=320x240:d=2 -vf format=gbrp,crop=319:239,setsar=2/1 -c:v ffv1",
              "source.mkv");

      Rendition best = packaged(source).renditions().getFirst();

      assertThat(picture(best).width()).isEqualTo(638);
      assertThat(picture(best).height()).isEqualTo(238);
    }

    @Test
    void varyingFrameDistancesBecomeOneRate() throws Exception {
      Path source =
          make(
              "-f lavfi -i testsrc2=s=320x180:r=30:d=9 -vf select='not(eq(mod(n,7),3))'"
                  + " -fps_mode vfr "
                  + X264);

      Rendition best = packaged(source).renditions().getFirst();

      assertThat(picture(best).frameRateNumerator()).isEqualTo(25);
      assertThat(end(best)).isBetween(8.9, 9.1);
    }

    @Test
    void tenBitsBecomeEight() throws Exception {
      Path source =
          make(
              "-f lavfi -i testsrc2=s=320x180:d=2 -c:v libx265 -x265-params log-level=none"
                  + " -preset ultrafast -pix_fmt yuv420p10le",
              "source.mkv");

      assertThat(packaged(source).renditions().getFirst().codecs()).startsWith("avc1.6400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smpte2084", "arib-std-b67"})
    void highDynamicRangeIsToneMapped(String transfer) throws Exception {
      Path source =
          make(
              "-f lavfi -i testsrc2=s=320x180:d=1 -c:v libx265 -preset ultrafast"
                  + " -x265-params log-level=none:colorprim=bt2020:colormatrix=bt2020nc:transfer="
                  + transfer
                  + " -pix_fmt yuv420p10le",
              "source.mkv");

      assertThat(((Video) probe.probe(source)).range()).isNotEqualTo(DynamicRange.STANDARD);
      Rendition best = packaged(source).renditions().getFirst();

      assertThat(shown(joined(best), "stream=color_transfer,pix_fmt")).contains("bt709", "yuv420p");
    }

    @Test
    void editListsAreHonoured() throws Exception {
      Path whole = make("-f lavfi -i testsrc2=s=320x180:r=25:d=8 " + SINE + " " + X264 + " -g 250");
      Path cut = directory.resolve("cut.mp4");
      // Copied from the middle of a group of pictures: an edit list hides what comes before.
      ffmpeg("-ss 3 -i " + whole + " -c copy " + cut);

      Rendition best = packaged(cut).renditions().getFirst();

      assertThat(best.segments().getFirst().start()).isZero();
      assertThat(end(best)).isBetween(4.9, 5.1);
    }

    @Test
    void coversAndSubtitlesAreLeftOut() throws Exception {
      Path film = make("-f lavfi -i testsrc2=s=320x180:d=2 " + SINE + " " + X264);
      Path cover = directory.resolve("cover.png");
      ffmpeg("-f lavfi -i testsrc2=s=600x600:d=1 -frames:v 1 " + cover);
      Path text = directory.resolve("text.srt");
      Files.writeString(text, "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
      Path source = directory.resolve("full.mp4");
      ffmpeg(
          "-i %s -i %s -i %s -map 1 -map 0 -map 2 -c copy -c:s mov_text -disposition:v:0 attached_pic %s"
              .formatted(film, cover, text, source));

      assertThat(packaged(source).renditions())
          .extracting(Rendition::renditionId)
          .containsExactly("v180", "a0");
    }
  }

  @Nested
  class Refusals {
    @Test
    void anEmptyFileIsNamedSo() throws Exception {
      Path file = Files.createFile(directory.resolve("source"));

      assertThat(probe.probe(file)).isEqualTo(new NotAVideo("the file is empty"));
    }

    @Test
    void textIsNamedSo() throws Exception {
      Path file = Files.writeString(directory.resolve("source"), "Once upon a time\n");

      assertThat(probe.probe(file)).isEqualTo(new NotAVideo("the file is text, not a media file"));
    }

    @Test
    void aPlaylistIsNotFollowed() throws Exception {
      Path film = make("-f lavfi -i testsrc2=s=320x180:d=2 -f hls " + X264, "list.m3u8");

      assertThat(probe.probe(film)).isEqualTo(new NotAVideo("the file is text, not a media file"));
    }

    @Test
    void soundAloneIsNoTitle() throws Exception {
      Path file = make("-f lavfi -i sine=d=2 -c:a aac");

      assertThat(probe.probe(file))
          .isEqualTo(new NotAVideo("the file has sound and no picture; a title needs a picture"));
    }

    @Test
    void aVideoWithoutItsIndexBreaksOff() throws Exception {
      Path file = make("-f lavfi -i testsrc2=s=320x180:d=5 " + X264);
      cutTo(file, 0.5);

      assertThat(probe.probe(file))
          .isEqualTo(
              new NotAVideo("the file breaks off before its index (the moov box is missing)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.mp4", "source.mkv"})
    void aVideoCutShortBreaksOffWhereItDoes(String name) throws Exception {
      Path file =
          make(
              "-f lavfi -i testsrc2=s=320x180:d=10 "
                  + SINE
                  + " "
                  + X264
                  + (name.endsWith("mp4") ? " -movflags +faststart" : ""),
              name);
      cutTo(file, 0.4);

      assertThat(probe.probe(file))
          .isInstanceOfSatisfying(
              NotAVideo.class,
              answer ->
                  assertThat(answer.reason())
                      .matches("the video breaks off at [2-5]\\.\\d s of 9\\.\\d s"));
    }

    @Test
    void framesThatCannotBeDecodedAreNoPicture() throws Exception {
      Path file = make("-f lavfi -i testsrc2=s=320x180:d=10 " + X264 + " -movflags +faststart");
      byte[] bytes = Files.readAllBytes(file);
      // The index stays whole; every frame after the first third is noise.
      Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 0xff);
      Files.write(file, bytes);

      assertThat(result(file))
          .isInstanceOfSatisfying(
              NotDecodable.class,
              answer -> assertThat(answer.reason()).contains("cannot be decoded"));
    }
  }

  private static final String SINE = "-f lavfi -i sine=d=9:r=44100";
  private static final String X264 = "-c:v libx264 -preset ultrafast -shortest";

  /** Packages a source and checks what holds of every package. */
  private PackageManifest packaged(Path source) throws Exception {
    PackagingResult result = result(source);
    assertThat(result).isInstanceOf(Packaged.class);
    PackageManifest manifest = ((Packaged) result).manifest();
    List<Double> ends = new ArrayList<>();
    for (Rendition rendition : manifest.renditions()) {
      long expected = 0;
      List<Double> here = new ArrayList<>();
      for (Segment segment : rendition.segments()) {
        assertThat(segment.start()).isEqualTo(expected);
        expected += segment.duration();
        here.add((double) expected / rendition.timescale());
        assertThat(Files.size(packageDirectory().resolve(segment.path())))
            .isEqualTo(segment.bytes());
      }
      assertPlaylistNamesEverySegment(rendition);
      Path joined = joined(rendition);
      assertThat(ffmpeg("-i " + joined + " -f null -")).isEmpty();
      assertThat(Double.parseDouble(shown(joined, "stream=duration")))
          .isBetween(end(rendition) - 0.05, end(rendition) + 0.05);
      if (rendition.kind() == MediaKind.VIDEO) {
        ends = ends.isEmpty() ? here : ends;
        assertThat(here).isEqualTo(ends);
        assertThat(rendition.codecs()).matches("avc1\\.6400[0-9a-f]{2}");
      } else {
        assertThat(here.getLast()).isBetween(ends.getLast() - 0.05, ends.getLast() + 0.1);
      }
      assertThat(rendition.peakBitsPerSecond())
          .isGreaterThanOrEqualTo(rendition.averageBitsPerSecond());
    }
    return manifest;
  }

  /** From the playlist's own folder; ffmpeg, as a player, finds all of it by the playlist alone. */
  private void assertPlaylistNamesEverySegment(Rendition rendition) throws Exception {
    PackageFile playlist = Objects.requireNonNull(rendition.playlist());
    assertThat(playlist.path()).isEqualTo(rendition.renditionId() + "/index.m3u8");
    Path file = packageDirectory().resolve(playlist.path());
    byte[] bytes = Files.readAllBytes(file);
    assertThat(playlist.bytes()).isEqualTo(bytes.length);
    assertThat(playlist.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    assertThat(
            Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(name -> rendition.renditionId() + "/" + name))
        .isEqualTo(rendition.segments().stream().map(Segment::path).toList());
    assertThat(Double.parseDouble(shown(file, "format=duration")))
        .isBetween(end(rendition) - 0.001, end(rendition) + 0.001);
    assertThat(ffmpeg("-i " + file + " -f null -")).isEmpty();
  }

  private PackagingResult result(Path source) throws Exception {
    ProbeResult result = probe.probe(source);
    assertThat(result).isInstanceOf(Video.class);
    Files.createDirectories(packageDirectory());
    return packager.makePackage(source, (Video) result, REF, packageDirectory(), _ -> {}, _ -> {});
  }

  private Path packageDirectory() {
    return directory.resolve("package");
  }

  private Path joined(Rendition rendition) throws IOException {
    Path joined = directory.resolve(rendition.renditionId() + ".mp4");
    try (OutputStream out = Files.newOutputStream(joined)) {
      Files.copy(packageDirectory().resolve(rendition.init().path()), out);
      for (Segment segment : rendition.segments()) {
        Files.copy(packageDirectory().resolve(segment.path()), out);
      }
    }
    return joined;
  }

  private static VideoFormat picture(Rendition rendition) {
    return Objects.requireNonNull(rendition.video());
  }

  private static AudioFormat sound(Rendition rendition) {
    return Objects.requireNonNull(rendition.audio());
  }

  private static double end(Rendition rendition) {
    Segment last = rendition.segments().getLast();
    return (double) (last.start() + last.duration()) / rendition.timescale();
  }

  private static double seconds(Rendition rendition, Segment segment) {
    return (double) segment.duration() / rendition.timescale();
  }

  private Path make(String arguments) throws Exception {
    return make(arguments, "source.mp4");
  }

  private Path make(String arguments, String name) throws Exception {
    Path file = directory.resolve(name);
    ffmpeg(arguments + " " + file);
    return file;
  }

  private static void cutTo(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  /** Runs ffmpeg and gives its messages of level error. */
  private static String ffmpeg(String arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-nostdin", "-y", "-v", "error"));
    all.addAll(Arrays.asList(arguments.split(" ")));
    ToolRuns.Outcome outcome =
        RUNS.run(ffmpeg.ffmpeg(), all, Path.of("target"), Duration.ofMinutes(1), _ -> {}, _ -> {});
    assertThat(outcome.succeeded()).as("%s", outcome.messages()).isTrue();
    return outcome.messages();
  }

  private static String shown(Path file, String entries) throws Exception {
    StringBuilder lines = new StringBuilder();
    RUNS.run(
        ffmpeg.ffprobe(),
        List.of("-v", "error", "-show_entries", entries, "-of", "csv=p=0", file.toString()),
        Path.of("target"),
        Duration.ofMinutes(1),
        _ -> {},
        lines::append);
    return lines.toString();
  }
}
