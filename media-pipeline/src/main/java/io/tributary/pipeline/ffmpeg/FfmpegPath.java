package io.tributary.pipeline.ffmpeg;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * {@code FfmpegPath CACHE_DIR} prints the path of an ffmpeg that runs here, extracting it first if
 * need be; {@code ffprobe} lies beside it.
 */
public final class FfmpegPath {
  private FfmpegPath() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: FfmpegPath CACHE_DIR");
      System.exit(2);
    }
    print(Path.of(args[0]), System.out);
  }

  private static void print(Path cacheDirectory, PrintStream out) throws IOException {
    out.println(FfmpegInstallation.into(cacheDirectory).ffmpeg());
  }
}
