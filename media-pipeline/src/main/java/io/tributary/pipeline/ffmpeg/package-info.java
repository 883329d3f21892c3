/** ffmpeg's executables: where they come from and how they are run. */
@NullMarked
package io.tributary.pipeline.ffmpeg;

import org.jspecify.annotations.NullMarked;
