/**
 * Looks at a machine and its settings, before or while a node runs there, and says what is wrong:
 * probes tell facts, rules judge them.
 */
@NullMarked
package io.tributary.oca.check;

import org.jspecify.annotations.NullMarked;
