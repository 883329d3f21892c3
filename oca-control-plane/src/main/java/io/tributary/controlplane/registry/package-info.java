/** Networks, sites and nodes: what operators and enrolments wrote down, and what of it is said. */
@NullMarked
package io.tributary.controlplane.registry;

import org.jspecify.annotations.NullMarked;
