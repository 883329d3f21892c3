/** The life of a copy: one package on one node, from its planning to its proven deletion. */
@NullMarked
package io.tributary.controlplane.copies;

import org.jspecify.annotations.NullMarked;
