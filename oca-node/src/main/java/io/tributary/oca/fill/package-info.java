/** Brings what the plan names onto this node, and takes away what it names no longer. */
@NullMarked
package io.tributary.oca.fill;

import org.jspecify.annotations.NullMarked;
