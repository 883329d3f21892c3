/** The keys and certificates of a fleet, made once. */
@NullMarked
package io.tributary.ctl.keys;

import org.jspecify.annotations.NullMarked;
