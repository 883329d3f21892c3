/** What this service says on Kafka. */
@NullMarked
package io.tributary.playback.events;

import org.jspecify.annotations.NullMarked;
