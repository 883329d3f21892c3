/** Which renditions a source gets. */
@NullMarked
package io.tributary.pipeline.ladder;

import org.jspecify.annotations.NullMarked;
