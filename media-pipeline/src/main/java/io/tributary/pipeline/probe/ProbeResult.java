package io.tributary.pipeline.probe;

import org.jspecify.annotations.Nullable;

/** What a source is. Whatever is uploaded has one of these answers. */
public sealed interface ProbeResult {
  /**
   * A title can be made of it.
   *
   * @param streamIndex of its picture in the source
   * @param width pixels as displayed: rotated, and each pixel square
   * @param height pixels as displayed
   * @param frameRate the constant rate to encode at
   * @param durationSeconds of the picture
   * @param range of its brightness
   * @param interlaced whether frames consist of two fields
   * @param sound null for a silent picture
   */
  record Video(
      int streamIndex,
      int width,
      int height,
      FrameRate frameRate,
      double durationSeconds,
      DynamicRange range,
      boolean interlaced,
      @Nullable Sound sound)
      implements ProbeResult {}

  /** No title can be made of it, ever; {@code reason} says why, for people. */
  record NotAVideo(String reason) implements ProbeResult {}
}
