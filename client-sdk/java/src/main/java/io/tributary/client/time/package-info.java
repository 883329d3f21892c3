/** The clock as an argument. */
@NullMarked
package io.tributary.client.time;

import org.jspecify.annotations.NullMarked;
