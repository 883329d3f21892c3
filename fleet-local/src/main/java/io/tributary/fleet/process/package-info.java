/** Operating-system processes that outlive whoever started them, found again by files. */
@NullMarked
package io.tributary.fleet.process;

import org.jspecify.annotations.NullMarked;
