/** Creates the fleet's Kafka topics. */
@NullMarked
package io.tributary.controlplane.topics;

import org.jspecify.annotations.NullMarked;
