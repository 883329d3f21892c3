/** What the edge found out about a request and every hop passes on, and tells the edge. */
@NullMarked
package io.tributary.contracts.context;

import org.jspecify.annotations.NullMarked;
