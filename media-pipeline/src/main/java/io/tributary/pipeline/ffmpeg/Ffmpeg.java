package io.tributary.pipeline.ffmpeg;

import java.nio.file.Path;

/**
 * The two programs that we run.
 *
 * @param ffmpeg path of the encoder, executable as it is
 * @param ffprobe path of the prober
 */
public record Ffmpeg(Path ffmpeg, Path ffprobe) {}
