/** Hears nodes, tells each what to read next, and passes the fact on. */
@NullMarked
package io.tributary.controlplane.heartbeat;

import org.jspecify.annotations.NullMarked;
