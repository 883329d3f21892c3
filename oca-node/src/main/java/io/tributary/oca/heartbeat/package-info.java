/** This node's side of the node door: its identity, its reports, and what it is told in answer. */
@NullMarked
package io.tributary.oca.heartbeat;

import org.jspecify.annotations.NullMarked;
