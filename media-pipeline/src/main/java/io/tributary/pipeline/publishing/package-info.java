/** Packages on their way out: into the object store, then onto Kafka. */
@NullMarked
package io.tributary.pipeline.publishing;

import org.jspecify.annotations.NullMarked;
