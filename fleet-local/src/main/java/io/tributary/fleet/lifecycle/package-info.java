/** A fleet's life: up, ready, status, down. */
@NullMarked
package io.tributary.fleet.lifecycle;

import org.jspecify.annotations.NullMarked;
