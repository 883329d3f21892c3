/** The fleet's own certificate authority, and who a certificate says a node is. */
@NullMarked
package io.tributary.controlplane.identity;

import org.jspecify.annotations.NullMarked;
