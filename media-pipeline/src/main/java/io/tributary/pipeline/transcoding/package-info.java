/**
 * The worker: takes one ingest at a time from staging to published, whatever is killed in between.
 */
@NullMarked
package io.tributary.pipeline.transcoding;

import org.jspecify.annotations.NullMarked;
