/** Caches that let a process start in a fraction of the time, made by rehearsing it once. */
@NullMarked
package io.tributary.fleet.faststart;

import org.jspecify.annotations.NullMarked;
