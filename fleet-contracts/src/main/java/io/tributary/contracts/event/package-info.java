/** What the services tell each other through Kafka. */
@NullMarked
package io.tributary.contracts.event;

import org.jspecify.annotations.NullMarked;
