/**
 * Where routes and places are read from: routers' dumps, coverage zone files, lists, nodes, and
 * databases of addresses. No input stops a reader before its end, or makes it take more than a
 * bounded share of memory.
 */
@NullMarked
package io.tributary.steering.location.source;

import org.jspecify.annotations.NullMarked;
