/** The proxy between every process and its clients, and the faults it can make. */
@NullMarked
package io.tributary.fleet.fault;

import org.jspecify.annotations.NullMarked;
