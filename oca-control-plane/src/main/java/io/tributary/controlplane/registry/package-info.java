/** Networks, sites and nodes: what operators and enrolments wrote down. */
@NullMarked
package io.tributary.controlplane.registry;

import org.jspecify.annotations.NullMarked;
