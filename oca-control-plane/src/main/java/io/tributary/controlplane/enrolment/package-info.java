/** How a node gets its identity, and keeps it. */
@NullMarked
package io.tributary.controlplane.enrolment;

import org.jspecify.annotations.NullMarked;
