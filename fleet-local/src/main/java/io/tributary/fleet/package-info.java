@NullMarked
package io.tributary.fleet;

import org.jspecify.annotations.NullMarked;
