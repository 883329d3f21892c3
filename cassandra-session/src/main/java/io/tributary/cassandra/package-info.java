@NullMarked
package io.tributary.cassandra;

import org.jspecify.annotations.NullMarked;
