/** What the control plane says on Kafka, and the state that it reads there. */
@NullMarked
package io.tributary.controlplane.events;

import org.jspecify.annotations.NullMarked;
