/** The promises, against the real fleet: every process real, every second real. */
@NullMarked
package io.tributary.fleet.e2e;

import org.jspecify.annotations.NullMarked;
