package io.tributary.pipeline.demo;

import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.FfmpegInstallation;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code DemoTitles OUT_DIR [FFMPEG_CACHE_DIR]} makes the two demo titles, {@code demo-clock.mp4}
 * (1280x720, 25 frames a second) and {@code demo-waves.mp4} (852x480, 24000/1001), 60 s each:
 * slowly flowing colours, a burnt-in clock and sound. Prints their paths; does nothing where they
 * are.
 *
 * <p>The clock is drawn of boxes, seven to a digit, so that no font is needed. Encoder and sources
 * are seeded and their threads counted: one machine makes the same bytes each time.
 */
public final class DemoTitles {
  private static final Duration BOUND = Duration.ofMinutes(10);

  /** Which of a digit's seven segments are dark for which digits. */
  private static final int[][] DARK = {
    {1, 4}, {5, 6}, {2}, {1, 4, 7}, {1, 3, 4, 5, 7, 9}, {1, 2, 3, 7}, {0, 1, 7}
  };

  private DemoTitles() {}

  /**
   * A title to make.
   *
   * @param name of its file, without extension
   * @param seed of its colours
   * @param notes its sound: two tones
   */
  private record Title(
      String name, int width, int height, String rate, int seed, String shape, String notes) {}

  private static final List<Title> TITLES =
      List.of(
          new Title(
              "demo-clock",
              1280,
              720,
              "25",
              7,
              "spiral",
              "0.20*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*0.25*t))"
                  + "+0.12*sin(2*PI*(330+110*floor(mod(t\\,4)))*t)*exp(-3*mod(t\\,1))"),
          new Title(
              "demo-waves",
              852,
              480,
              "24000/1001",
              11,
              "radial",
              "0.20*sin(2*PI*165*t)*(0.6+0.4*cos(2*PI*0.125*t))"
                  + "+0.12*sin(2*PI*(440-55*floor(mod(t\\,4)))*t)*exp(-4*mod(t\\,1))"));

  /** See the class. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: DemoTitles OUT_DIR [FFMPEG_CACHE_DIR]");
      System.exit(2);
    }
    Path directory = Path.of(args[0]);
    Path cache = args.length == 2 ? Path.of(args[1]) : directory.resolve("ffmpeg");
    for (Path file : make(directory, cache)) {
      System.out.println(file);
    }
  }

  /**
   * Makes what is missing.
   *
   * @return the files, in a fixed order
   */
  public static List<Path> make(Path directory, Path ffmpegCache)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    List<Path> files =
        TITLES.stream()
            .map(title -> directory.resolve(title.name() + ".mp4").toAbsolutePath())
            .toList();
    if (files.stream().allMatch(Files::exists)) {
      return files;
    }
    Ffmpeg ffmpeg = FfmpegInstallation.into(ffmpegCache);
    try (ToolRuns runs = new ToolRuns()) {
      for (int i = 0; i < files.size(); i++) {
        if (!Files.exists(files.get(i))) {
          make(TITLES.get(i), files.get(i), directory, ffmpeg, runs);
        }
      }
    }
    return files;
  }

  private static void make(Title title, Path file, Path directory, Ffmpeg ffmpeg, ToolRuns runs)
      throws IOException, InterruptedException {
    Path unfinished = directory.resolve(title.name() + ".part").toAbsolutePath();
    // The colours are computed small and enlarged: they have no edges to lose.
    String colours =
        "gradients=s=%dx%d:r=%s:d=60:seed=%d:speed=0.03:nb_colors=6:type=%s"
            .formatted(
                title.width() / 8, title.height() / 8, title.rate(), title.seed(), title.shape());
    List<String> arguments =
        new ArrayList<>(List.of("-hide_banner", "-nostdin", "-y", "-v", "error"));
    arguments.addAll(List.of("-f", "lavfi", "-i", colours));
    arguments.addAll(
        List.of("-f", "lavfi", "-i", "aevalsrc=" + title.notes() + ":s=48000:d=60:c=stereo"));
    arguments.addAll(List.of("-vf", picture(title)));
    arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-threads", "4"));
    arguments.addAll(List.of("-crf", "20", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k"));
    arguments.addAll(
        List.of("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"));
    arguments.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "file:" + unfinished));
    ToolRuns.Outcome outcome =
        runs.run(ffmpeg.ffmpeg(), arguments, directory.toAbsolutePath(), BOUND, _ -> {}, _ -> {});
    if (!outcome.succeeded()) {
      throw new IOException(title.name() + " could not be made: " + outcome.messages().strip());
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String picture(Title title) {
    int digit = title.height() / 10;
    int y = title.height() - 2 * digit - digit;
    int x = title.width() - 5 * digit - digit / 2;
    List<String> filters = new ArrayList<>();
    filters.add("scale=%d:%d:flags=bicubic".formatted(title.width(), title.height()));
    // A bar that crosses the picture every 4 s: a dropped or late frame shows.
    int bar = Math.max(2, title.width() / 160);
    filters.add("setsar=1,format=yuv420p");
    filters.add(
        "drawbox=x=%d:y=%d:w=%d:h=%d:color=black@0.5:t=fill"
            .formatted(
                x - digit / 2, y - digit / 4, 5 * digit + digit * 2 / 3, 2 * digit + digit / 2));
    digit(filters, "floor(t/60)", x, y, digit);
    digit(filters, "floor(mod(t,60)/10)", x + digit * 3 / 2 + digit / 2, y, digit);
    digit(filters, "floor(mod(t,10))", x + digit * 3 + digit / 2, y, digit);
    int dot = Math.max(2, digit / 7);
    for (int dotY : new int[] {y + digit / 2, y + digit * 3 / 2}) {
      filters.add(box(x + digit * 5 / 4 + digit / 4, dotY, dot, dot, "1"));
    }
    // Whole twelfths of a minute, as a row of marks that fills.
    IntStream.range(0, 12)
        .forEach(i ->
            filters.add(
                box(
                    x + i * digit * 5 / 12,
                    y + 2 * digit + digit / 8,
                    digit / 4,
                    Math.max(2, digit / 16),
                    "gte(mod(t,60),%d)".formatted(i * 5))));
    filters.add(
        "drawbox=x='mod(t,4)/4*(iw+%d)-%d':y=0:w=%d:h=ih/40:color=white@0.8:t=fill"
            .formatted(bar, bar, bar));
    return String.join(",", filters);
  }

  private static void digit(List<String> filters, String value, int x, int y, int size) {
    int thick = Math.max(2, size / 7);
    int[][] segments = {
      {x, y, size, thick},
      {x + size - thick, y, thick, size},
      {x + size - thick, y + size, thick, size},
      {x, y + 2 * size - thick, size, thick},
      {x, y + size, thick, size},
      {x, y, thick, size},
      {x, y + size - thick / 2, size, thick}
    };
    for (int i = 0; i < segments.length; i++) {
      StringBuilder dark = new StringBuilder("0");
      for (int number : DARK[i]) {
        dark.append("+eq(").append(value).append(',').append(number).append(')');
      }
      int[] s = segments[i];
      filters.add(box(s[0], s[1], s[2], s[3], "not(" + dark + ")"));
    }
  }

  private static String box(int x, int y, int width, int height, String when) {
    return "drawbox=x=%d:y=%d:w=%d:h=%d:color=white:t=fill:enable='%s'"
        .formatted(x, y, width, height, when);
  }
}
