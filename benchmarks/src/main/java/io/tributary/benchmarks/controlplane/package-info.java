/** What hearing a fleet costs the control plane, and what it survives. */
@NullMarked
package io.tributary.benchmarks.controlplane;

import org.jspecify.annotations.NullMarked;
