/** How this service asks its keyspace: quickly, or not at all. */
@NullMarked
package io.tributary.playback.store;

import org.jspecify.annotations.NullMarked;
