/** What may write a fleet for a measurement, as nothing outside this package may. */
@NullMarked
package io.tributary.steering.snapshot;

import org.jspecify.annotations.NullMarked;
