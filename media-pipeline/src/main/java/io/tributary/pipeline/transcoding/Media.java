package io.tributary.pipeline.transcoding;

import io.tributary.contracts.media.PackageRef;
import io.tributary.pipeline.packaging.PackagingResult;
import io.tributary.pipeline.probe.ProbeResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** What a worker has done to media: the one seam between its steps and ffmpeg. */
public interface Media {
  /**
   * Makes ready what the other methods need of the machine.
   *
   * @throws IOException if it cannot be had now; that says nothing of any source
   */
  void prepare() throws IOException;

  /** See {@code SourceProbe}. */
  ProbeResult probe(Path source) throws IOException, InterruptedException;

  /** See {@code Packager}. */
  PackagingResult makePackage(
      Path source,
      ProbeResult.Video video,
      PackageRef ref,
      Path directory,
      Consumer<ProcessHandle> onStart,
      DoubleConsumer progress)
      throws IOException, InterruptedException;
}
