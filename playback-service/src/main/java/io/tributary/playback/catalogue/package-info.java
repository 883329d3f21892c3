/** Titles and their packages: what can be played, fed by Kafka, edited by operators. */
@NullMarked
package io.tributary.playback.catalogue;

import org.jspecify.annotations.NullMarked;
