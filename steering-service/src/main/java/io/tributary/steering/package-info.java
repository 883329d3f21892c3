@NullMarked
package io.tributary.steering;

import org.jspecify.annotations.NullMarked;
