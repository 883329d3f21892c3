/** What the fleet is known to be: fed by Kafka, held in memory, kept on disk. */
@NullMarked
package io.tributary.steering.snapshot;

import org.jspecify.annotations.NullMarked;
