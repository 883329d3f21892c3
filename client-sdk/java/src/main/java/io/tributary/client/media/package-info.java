/** What a title consists of: renditions, segments, sizes and hashes. */
@NullMarked
package io.tributary.client.media;

import org.jspecify.annotations.NullMarked;
