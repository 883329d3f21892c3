/**
 * What sites' routers announce: taken from nodes, judged by what networks were granted, passed on.
 */
@NullMarked
package io.tributary.controlplane.routes;

import org.jspecify.annotations.NullMarked;
