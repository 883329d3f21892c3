/** What every Cassandra adapter of the control plane shares. */
@NullMarked
package io.tributary.controlplane.store;

import org.jspecify.annotations.NullMarked;
