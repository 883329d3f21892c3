/** From a source to the files of a package, and the exact facts about them. */
@NullMarked
package io.tributary.pipeline.packaging;

import org.jspecify.annotations.NullMarked;
