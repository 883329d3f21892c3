/** What a package consists of, whatever packager made it and whatever player plays it. */
@NullMarked
package io.tributary.contracts.media;

import org.jspecify.annotations.NullMarked;
