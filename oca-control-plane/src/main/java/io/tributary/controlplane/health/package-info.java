/** Facts in, verdicts out: which nodes may be named. */
@NullMarked
package io.tributary.controlplane.health;

import org.jspecify.annotations.NullMarked;
