/** Whether a process can do its work. */
@NullMarked
package io.tributary.fleet.probe;

import org.jspecify.annotations.NullMarked;
