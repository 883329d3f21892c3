/** Which titles are purged: held by no node, served by none, named nowhere. */
@NullMarked
package io.tributary.controlplane.purges;

import org.jspecify.annotations.NullMarked;
