/** What a source is: a video that can become a title, or not, and why. */
@NullMarked
package io.tributary.pipeline.probe;

import org.jspecify.annotations.NullMarked;
