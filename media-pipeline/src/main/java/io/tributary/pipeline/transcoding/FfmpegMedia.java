package io.tributary.pipeline.transcoding;

import io.tributary.contracts.media.PackageRef;
import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.packaging.Packager;
import io.tributary.pipeline.packaging.PackagingConfig;
import io.tributary.pipeline.packaging.PackagingResult;
import io.tributary.pipeline.probe.ProbeResult;
import io.tributary.pipeline.probe.SourceProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Media by ffmpeg, which is installed when it is first needed: a service starts without it. */
public final class FfmpegMedia implements Media {
  private final Callable<Ffmpeg> install;
  private final ToolRuns runs;
  private final PackagingConfig packaging;
  private @Nullable Ffmpeg installed;

  /**
   * Media by what {@code install} gives.
   *
   * @param install asked again while it fails
   */
  public FfmpegMedia(Callable<Ffmpeg> install, ToolRuns runs, PackagingConfig packaging) {
    this.install = install;
    this.runs = runs;
    this.packaging = packaging;
  }

  @Override
  public void prepare() throws IOException {
    ffmpeg();
  }

  @Override
  public ProbeResult probe(Path source) throws IOException, InterruptedException {
    return new SourceProbe(ffmpeg(), runs).probe(source);
  }

  @Override
  public PackagingResult makePackage(
      Path source,
      ProbeResult.Video video,
      PackageRef ref,
      Path directory,
      Consumer<ProcessHandle> onStart,
      DoubleConsumer progress)
      throws IOException, InterruptedException {
    return new Packager(ffmpeg(), runs, packaging)
        .makePackage(source, video, ref, directory, onStart, progress);
  }

  private synchronized Ffmpeg ffmpeg() throws IOException {
    Ffmpeg known = installed;
    if (known == null) {
      try {
        known = install.call();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("ffmpeg cannot be installed", e);
      }
      installed = known;
    }
    return known;
  }
}
